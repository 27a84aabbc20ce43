import Core

extension Post {
    /// What a list calls the post: its title, else the beginning of its text, else who posted it where; at most about
    /// 110 letters, on one line, without control characters.
    var displayTitle: String {
        for candidate in [title, text] {
            guard let candidate else { continue }
            let line = candidate.oneLine(110)
            if !line.isEmpty { return line }
        }
        return "\(platform.name) post" + (author.map { " by \($0.name.oneLine(60))" } ?? "")
    }

    /// The author's name, else the platform's.
    var displayAuthor: String {
        let name = author?.name.oneLine(48) ?? ""
        return name.isEmpty ? platform.name : name
    }
}

extension String {
    /// On one line: runs of white space are one space, other control characters are gone, and what is longer than
    /// `limit` letters (or four bytes a letter) ends in "…".
    func oneLine(_ limit: Int) -> String {
        if utf8.count <= limit, utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 }), !hasLooseSpace {
            return self
        }
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
            bytes += character.utf8.count
            guard letters <= limit, bytes <= limit * 3 else { return line.trimmedEnd + "…" }
            line.append(character)
        }
        return line.trimmedEnd
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
