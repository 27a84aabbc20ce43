/// Conditional requests (RFC 9110, 13.1).
enum EntityTag {
    /// Whether `If-None-Match` names the tag: weak comparison, `*` matches everything.
    static func matches(_ header: String, _ tag: String) -> Bool {
        if header == tag || header == "*" { return true }
        let wanted = opaque(tag[...])
        return header.split(separator: ",").contains { item in
            let item = item.drop { $0 == " " || $0 == "\t" }
            return opaque(item) == wanted || item == "*"
        }
    }

    /// The quoted part, without the mark of weakness and without what follows it.
    private static func opaque(_ tag: Substring) -> Substring {
        let strong = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
        guard strong.hasPrefix("\""), let end = strong.dropFirst().firstIndex(of: "\"") else { return "" }
        return strong[...end]
    }
}
