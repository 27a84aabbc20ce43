/// A link's target that may stand in a page: http, https, mailto, or relative to the page.
struct LinkAddress {
    private let text: [UInt8]
    let isRelative: Bool

    /// `nil` for any other scheme, for `//host`, and for addresses that browsers could read as one of those.
    init?(_ address: String) {
        let bytes = Array(address.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) || LinkAddress.hasInnerSpaceOnly(bytes),
            !bytes.starts(with: "//".utf8), !bytes.contains(UInt8(ascii: "\\"))
        else { return nil }
        let scheme = bytes.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }.firstIndex(of: UInt8(ascii: ":"))
        if let scheme {
            let name = String(decoding: bytes[..<scheme], as: UTF8.self).lowercased()
            guard ["http", "https", "mailto"].contains(name) else { return nil }
        }
        (text, isRelative) = (bytes, scheme == nil)
    }

    /// Spaces inside are percent-encoded; control characters are refused.
    private static func hasInnerSpaceOnly(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && bytes.first != 0x20 && bytes.last != 0x20
    }

    /// Percent-encoded where a URL must be, then escaped for an attribute.
    func append(to output: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text {
            let isPlain = byte > 0x20 && byte < 0x7F && !"\"<>`{}|^".utf8.contains(byte)
            if isPlain {
                HTMLEscaping.append(byte, to: &output)
            } else {
                output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }
}

enum HTMLEscaping {
    static func escapes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "\"")
    }

    static func append(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "&"): output.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): output.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): output.append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): output.append(contentsOf: "&quot;".utf8)
        default: output.append(byte)
        }
    }
}

/// Ids of headings: lower-case words joined by hyphens, unique within one text.
struct HeadingSlugs {
    private var used: [String: Int] = [:]

    mutating func unique(_ text: String) -> String {
        let slug = HeadingSlugs.asciiSlug(text) ?? HeadingSlugs.slug(text)
        let base = "h-" + (slug.isEmpty ? "section" : slug)
        var candidate = base
        while used[candidate] != nil {
            used[base, default: 1] += 1
            candidate = "\(base)-\(used[base] ?? 1)"
        }
        used[candidate] = 1
        return candidate
    }
    private static func slug(_ text: String) -> String {
        var slug = ""
        for letter in text.lowercased().prefix(80) {
            if letter.isLetter || letter.isNumber {
                slug.append(letter)
            } else if !slug.hasSuffix("-"), !slug.isEmpty {
                slug.append("-")
            }
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug
    }

    /// The same for ASCII without line ends, as most headings are, in a tenth of the time; `nil` for any other text.
    private static func asciiSlug(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ (0x20..<0x80).contains($0) }) else { return nil }
        var slug: [UInt8] = []
        for byte in text.utf8.prefix(80) {
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if (0x61...0x7A).contains(lower) || lower.isDigit {
                slug.append(lower)
            } else if let last = slug.last, last != UInt8(ascii: "-") {
                slug.append(UInt8(ascii: "-"))
            }
        }
        while slug.last == UInt8(ascii: "-") { slug.removeLast() }
        return String(decoding: slug, as: UTF8.self)
    }
}
