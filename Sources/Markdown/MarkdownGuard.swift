/// Keeps hostile Markdown from costing more than its length: cmark-gfm 0.29 is quadratic in the brackets, table rules and
/// declarations of one paragraph, in container markers of one line, in web and mail addresses of one word or paragraph, and fills short table
/// rows up to the width of the header.
///
/// What happens between two empty lines is counted, because only an empty line surely ends a paragraph. Where a limit is
/// reached, an empty line is put before the next line, or the markup is escaped: every word stays, only the markup beyond
/// the limit is shown as text. Code fences and table rows count for nothing where they are certain (`CertainBlocks`).
enum MarkdownGuard {
    /// Brackets between two empty lines.
    static let brackets = 1000
    /// Runs of emphasis, strikethrough, code and angle brackets between two empty lines.
    static let delimiters = 4000
    /// Beginnings of declarations, instructions and comments (`<!`, `<?`) between two empty lines.
    static let declarations = 30
    /// Lines between two empty lines that could be the second line of a table.
    static let rules = 12
    /// Bytes between two empty lines.
    static let section = 16 << 10
    /// Block quote and list markers that begin one line.
    static let containers = 60
    /// Beginnings of web addresses (`www.`, `://`) in one word.
    static let addresses = 20
    /// `@` between two empty lines: each makes the parser copy what follows.
    static let mentions = 150
    /// `@` in one word.
    static let mentionsOfWord = 20
    /// Cells of a table's row.
    static let columns = 100
    /// Cells of one table, with those that short rows are filled up with.
    static let cells = 30_000
    /// Lines of a whole text that may belong to tables: after them no table begins.
    static let tableLines = 16_000

    /// The text with `\n` alone ending its lines, and nothing in it beyond the limits.
    static func guarded(_ bytes: [UInt8]) -> [UInt8] {
        let text = withPlainLineEnds(bytes)
        var pass = GuardPass(reserving: text.count + text.count / 16)
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: .newline).map { $0 + 1 } ?? text.count
            pass.take(text[start..<end])
            start = end
        }
        return pass.output
    }

    private static func withPlainLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard body.contains(.carriageReturn) else { return Array(body) }
        var (plain, previous): ([UInt8], UInt8) = ([], 0)
        plain.reserveCapacity(body.count)
        for byte in body {
            if byte != .newline || previous != .carriageReturn {
                plain.append(byte == .carriageReturn ? .newline : byte)
            }
            previous = byte
        }
        return plain
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let pipe = UInt8(ascii: "|")
    static let backslash = UInt8(ascii: "\\")

    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isBullet: Bool { self == UInt8(ascii: "-") || self == UInt8(ascii: "*") || self == UInt8(ascii: "+") }
}
