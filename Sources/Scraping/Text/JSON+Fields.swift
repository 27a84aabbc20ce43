import Core

/// Fields as scraped items carry them: missing, null, -1, as text.
extension JSON {
    /// The first of these keys that holds text or a number, as text.
    func word(_ keys: String...) -> String? {
        for key in keys {
            switch self[key] {
            case .text(let text) where !text.isEmpty: return text
            case .integer(let value): return String(value)
            case .digits(let digits): return digits
            default: continue
            }
        }
        return nil
    }

    /// A count of at least 0: a number, or one written as text, "1,234" too. Anything else is unknown.
    func count(_ keys: String...) -> Int64? {
        for key in keys {
            guard let value = self[key].flatMap(JSON.count) else { continue }
            return value
        }
        return nil
    }

    private static func count(_ value: JSON) -> Int64? {
        switch value {
        case .integer(let value): return value >= 0 ? value : nil
        case .number(let value): return value >= 0 && value < 9e18 ? Int64(value) : nil
        case .text(let text): return grouped(text).flatMap(Int64.init).flatMap { $0 >= 0 ? $0 : nil }
        default: return nil
        }
    }

    /// The digits of "48,211" and "12,34,567"; `nil` for "1,2", whose comma may stand before a fraction.
    private static func grouped(_ text: String) -> String? {
        let groups = text.filter { $0 != " " }.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count == 1 || groups.last?.utf8.count == 3 && groups.allSatisfy({ !$0.isEmpty }) else {
            return nil
        }
        return groups.joined()
    }

    /// Whether the key holds true, also as the text "TRUE".
    func isTrue(_ key: String) -> Bool {
        switch self[key] {
        case .bool(let value): value
        case .text(let text): text.lowercased() == "true"
        default: false
        }
    }

    /// A moment in any of the forms that sources use.
    func moment(_ keys: String...) -> Instant? {
        for key in keys {
            switch self[key] {
            case .text(let text): if let instant = Timestamp.any(text) { return instant }
            case .integer(let value): if let instant = Timestamp.epoch(Double(value)) { return instant }
            case .number(let value): if let instant = Timestamp.epoch(value) { return instant }
            default: continue
            }
        }
        return nil
    }

    /// An http or https address; `nil` for anything else.
    func webAddress(_ keys: String...) -> String? {
        for key in keys {
            if let text = self[key]?.text, WebAddress.isValid(text) { return text }
        }
        return nil
    }

    /// Tags without "#", each once: texts, or objects with a name.
    func tags(_ key: String) -> [String] {
        var tags: [String] = []
        for element in self[key]?.array ?? [] {
            let word = element.text ?? element["name"]?.text ?? element["text"]?.text
            guard let tag = PlainText.line(word, limit: 100)?.drop(while: { $0 == "#" }), !tag.isEmpty else { continue }
            if !tags.contains(String(tag)), tags.count < 60 { tags.append(String(tag)) }
        }
        return tags
    }

    func required(_ what: String, _ value: String?) throws(ItemProblem) -> String {
        guard let value else { throw ItemProblem("\(what) is missing") }
        return value
    }
}

enum WebAddress {
    static func isValid(_ text: String) -> Bool {
        let lower = text.prefix(8).lowercased()
        guard lower.hasPrefix("https://") || lower.hasPrefix("http://"), text.utf8.count <= 2000 else { return false }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E && $0 != 0x5C && $0 != 0x7F }
    }
}
