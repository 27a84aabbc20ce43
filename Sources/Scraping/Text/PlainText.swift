/// Makes strangers' text fit to be stored: one spelling of space, nothing invisible that misleads, bounded in length.
enum PlainText {
    /// One line of at most `limit` characters; `nil` when nothing is left.
    static func line(_ text: String?, limit: Int = 500) -> String? {
        guard let text else { return nil }
        let words = cleaned(text).split { $0.isWhitespace }
        let line = bounded(words.joined(separator: " "), limit)
        return line.isEmpty ? nil : line
    }

    /// Several lines of at most `limit` characters; `nil` when nothing is left.
    static func block(_ text: String?, limit: Int = 10_000) -> String? {
        guard let text else { return nil }
        let lines = cleaned(text).split(separator: "\n", omittingEmptySubsequences: false)
        let trimmed = lines.map { $0.trimmingTrailingWhitespace }
        let block = bounded(trimmed.joined(separator: "\n").trimmingWhitespace, limit)
        return block.isEmpty ? nil : block
    }

    /// At most `limit` characters, and 8 bytes each on average: one character may be endless, with all its accents.
    private static func bounded(_ text: String, _ limit: Int) -> String {
        let head = text.prefix(limit)
        guard head.utf8.count > limit * 8 else { return String(head.trimmingTrailingWhitespace) }
        var (scalars, bytes) = (String.UnicodeScalarView(), 0)
        for scalar in head.unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= limit * 8 else { break }
            scalars.append(scalar)
        }
        return String(String(scalars).trimmingTrailingWhitespace)
    }

    private static let breaking: Set<String> = [
        "p", "br", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
    ]

    /// The text of an HTML fragment: without tags, comments, scripts and styles; entities decoded.
    static func fromHTML(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        while let open = rest.firstIndex(of: "<") {
            text += rest[..<open]
            rest = rest[open...]
            let name = rest.dropFirst().drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
            let end = rest.hasPrefix("<!--") ? "-->" : name == "script" || name == "style" ? "</\(name)>" : ">"
            let isWhole = !rest.hasPrefix("</") || end == ">"
            guard let close = rest.range(ofText: isWhole ? end : ">") else { return HTMLEntities.decoded(text) }
            if breaking.contains(name) { text += "\n" }
            rest = rest[close.upperBound...]
        }
        return HTMLEntities.decoded(text + rest)
    }

    /// Without control characters, bidirectional overrides, zero-width characters that no script needs, and accents
    /// that stand on nothing.
    private static func cleaned(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isGraphemeExtend || scalar == "\u{200D}" {
                guard let base = scalars.last, !base.properties.isWhitespace else { continue }
            }
            switch scalar.value {
            case 0x0D: break
            case 0x09: scalars.append(" ")
            case 0x0A: scalars.append(scalar)
            case 0..<0x20, 0x7F...0x9F, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
                0xFFF9...0xFFFB,
                0xE0000...0xE001F, 0xFFFE, 0xFFFF:
                break
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}

extension StringProtocol {
    fileprivate var trimmingTrailingWhitespace: SubSequence {
        self[..<(lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex)]
    }

    fileprivate var trimmingWhitespace: String {
        String(trimmingTrailingWhitespace.drop { $0.isWhitespace })
    }
}

extension Substring {
    fileprivate func range(ofText text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

/// Character references of HTML: the numeric ones and the names that feeds and Reddit use.
enum HTMLEntities {
    private static let names = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "hellip": "…", "mdash": "—",
        "ndash": "–",
        "rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“", "bull": "•", "copy": "©", "reg": "®", "trade": "™",
        "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
        "egrave": "è", "agrave": "à", "ccedil": "ç", "euro": "€", "pound": "£", "middot": "·", "laquo": "«",
        "raquo": "»",
    ]

    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            let tail = rest[rest.index(after: mark)...]
            let name = tail.prefix(10).prefix { $0 != ";" }
            if name.count < tail.prefix(10).count, let letter = character(name) {
                result += letter
                rest = tail[tail.index(name.endIndex, offsetBy: 1)...]
            } else {
                result += "&"
                rest = tail
            }
        }
        return result + rest
    }

    private static func character(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return names[String(name)] }
        let digits = name.dropFirst()
        let code =
            digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap { Unicode.Scalar($0) }.map { String($0) }
    }
}
