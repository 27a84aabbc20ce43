import Foundation

/// Text in a mail's header: never more than its own line, whatever it holds.
enum HeaderText {
    /// For a subject: as it is where it is plain and short, else encoded words (RFC 2047), folded.
    static func unstructured(_ text: String) -> String {
        let text = visible(text)
        let isPlain = text.utf8.count <= 60 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return isPlain && !text.contains("=?") ? text : encodedWords(text)
    }

    /// For a name before an address: quoted where it is plain and short, else encoded words.
    static func phrase(_ text: String) -> String {
        let text = visible(text)
        let isPlain = text.utf8.count <= 60 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        guard isPlain, !text.contains("=?") else { return encodedWords(text) }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// Control characters, line ends among them, become spaces.
    private static func visible(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Each word at most 75 characters and of whole letters, one a line.
    private static func encodedWords(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > 45 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
