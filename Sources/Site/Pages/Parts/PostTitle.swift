import Core

extension Post {
    /// What a list calls the post: its title, else the beginning of its text, else who posted it where; at most about
    /// 100 letters, on one line, without control characters.
    var displayTitle: String {
        // Of the text as much as lists load, so that they and the trend's own page agree.
        let beginning = title == nil ? text.map { String($0.unicodeScalars.prefix(300)) } : nil
        for candidate in [title, beginning] {
            guard let candidate else { continue }
            let line = candidate.oneLine(100)
            if !line.isEmpty { return line }
        }
        return "\(platform.name) post" + (author.map { " by \($0.name.oneLine(60))" } ?? "")
    }

    /// The author's name, else the platform's.
    var displayAuthor: String {
        let name = author?.name.oneLine(40) ?? ""
        return name.isEmpty ? platform.name : name
    }
}

extension String {
    /// On one line: runs of white space are one space, other control characters are gone, and what is longer than
    /// `limit` letters, or in HTML than five bytes for every two of them, ends in "…".
    func oneLine(_ limit: Int) -> String {
        if utf8.count <= limit, utf8.allSatisfy(String.isPlain), !hasLooseSpace { return self }
        var line = ""
        var letters = 0
        var bytes = 0
        for character in self {
            if character.isWhitespace {
                if !line.isEmpty, line.utf8.last != 0x20 { line.append(" ") }
                continue
            }
            if character.unicodeScalars.allSatisfy({ $0.properties.generalCategory == .control }) { continue }
            letters += 1
            bytes += character.utf8.reduce(0) { $0 + (String.isPlain($1) ? 1 : 5) }
            guard letters <= limit, bytes <= limit * 5 / 2 else { return line.trimmedEnd + "…" }
            line.append(character)
        }
        return line.trimmedEnd
    }

    /// Neither a control character (0xC2 begins some of them) nor one that HTML escapes.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x7F, 0xC2, 0x22, 0x26, 0x27, 0x3C, 0x3E: false
        default: true
        }
    }

    /// At most about so many bytes of UTF-8, no letter cut in two, ending in "…" when something was left out.
    func clipped(to bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        return String(self[..<utf8.index(startIndex, offsetBy: bytes)]) + "…"
    }

    /// White space at either end, or two spaces in a row.
    private var hasLooseSpace: Bool {
        var previous = UInt8(ascii: " ")
        for byte in utf8 {
            if byte == 0x20, previous == 0x20 { return true }
            previous = byte
        }
        return previous == 0x20
    }

    private var trimmedEnd: String { utf8.last == 0x20 ? String(dropLast()) : self }
}
