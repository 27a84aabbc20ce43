/// Keeps hostile Markdown from costing more than its length: cmark-gfm 0.29 is quadratic in nested brackets, in list
/// markers on one line and in table cells, and fills short table rows up to the width of the header.
///
/// One pass over the text escapes what exceeds a limit, or ends a block by an empty line: every word stays, only the
/// markup beyond the limit is shown as text.
enum MarkdownGuard {
    /// Brackets in one paragraph.
    static let brackets = 400
    /// Emphasis and strikethrough runs in one paragraph.
    static let delimiters = 4000
    /// Block quote and list markers that begin one line.
    static let containers = 60
    /// Cells of a table's row.
    static let columns = 100
    /// Cells of one table.
    static let cells = 30_000
    /// Beginnings of declarations, instructions and comments (`<!`, `<?`) in one paragraph.
    static let declarations = 30
    /// Lines of one paragraph that could be the second line of a table.
    static let rules = 12
    /// Bytes of one paragraph after which it is ended.
    static let paragraph = 16 << 10

    static func guarded(_ bytes: [UInt8]) -> [UInt8] {
        var pass = GuardPass()
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            let cut = end - start > paragraph ? seam(in: bytes, from: start) : end
            pass.take(bytes[start..<cut])
            if cut < end { pass.endParagraph() }
            start = cut
        }
        return pass.output
    }

    /// Where a line that is too long is cut: after a space, else between letters.
    private static func seam(in bytes: [UInt8], from start: Int) -> Int {
        let limit = start + paragraph
        if let space = bytes[start..<limit].lastIndex(of: 0x20), space > start + paragraph / 2 { return space + 1 }
        var cut = limit
        while cut > start + 1, bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
        return cut
    }
}

private struct GuardPass {
    var output: [UInt8] = []
    private var brackets = 0
    private var delimiters = 0
    private var length = 0
    private var columns = 0
    private var rows = 0
    private var declarations = 0
    private var rules = 0
    private var fence: UInt8?

    mutating func take(_ line: ArraySlice<UInt8>) {
        let content = line.drop { $0 == 0x20 || $0 == 9 }
        if isFence(content) { return append(line) }
        if fence != nil { return append(line) }
        if content.first == nil || content.first == 0x0A || content.first == 0x0D || beginsBlock(content) { reset() }
        length += line.count
        if isRule(content) { rules += 1 }
        if length > MarkdownGuard.paragraph || rules > MarkdownGuard.rules {
            output.append(0x0A)
            reset()
        }
        let rest = containers(line)
        let pipes = rest.count { $0 == UInt8(ascii: "|") }
        bound(pipes)
        escape(rest, hidesPipes: pipes > MarkdownGuard.columns)
    }

    private mutating func append(_ line: ArraySlice<UInt8>) {
        output.append(contentsOf: line)
    }

    private mutating func reset() {
        (brackets, delimiters, length, columns, rows) = (0, 0, 0, 0, 0)
        (declarations, rules) = (0, 0)
    }

    /// Begins a new paragraph in the middle of a line.
    mutating func endParagraph() {
        guard fence == nil else { return }
        output.append(contentsOf: [0x0A, 0x0A])
        reset()
    }

    /// Whether a table's second line could look like this: each makes the parser read the whole paragraph again.
    private func isRule(_ content: ArraySlice<UInt8>) -> Bool {
        var dashes = 0
        for byte in content {
            switch byte {
            case UInt8(ascii: "-"): dashes += 1
            case UInt8(ascii: "|"), UInt8(ascii: ":"), 0x20, 9, 0x0A, 0x0D, UInt8(ascii: ">"): break
            default: return false
            }
        }
        return dashes > 0
    }

    /// Inside fenced code nothing is markup.
    private mutating func isFence(_ content: ArraySlice<UInt8>) -> Bool {
        guard let mark = content.first, mark == 0x60 || mark == 0x7E, content.prefix(3).allSatisfy({ $0 == mark }),
            content.count >= 3
        else { return false }
        if fence == mark {
            fence = nil
        } else if fence == nil, !content.drop(while: { $0 == mark }).contains(0x60) {
            fence = mark
        } else {
            return false
        }
        return true
    }

    /// Headings, list items and quotes end a paragraph, so they begin to count anew.
    private func beginsBlock(_ content: ArraySlice<UInt8>) -> Bool {
        guard let first = content.first else { return false }
        let second = content.dropFirst().first
        let isMarker = first == 0x2D || first == 0x2A || first == 0x2B || (0x30...0x39).contains(first)
        return first == 0x23 || (isMarker && (second == 0x20 || second == 0x2E || second == 0x29))
    }

    /// Copies the markers that begin the line, the first one too many escaped; returns what follows them.
    private mutating func containers(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var (place, count) = (line.startIndex, 0)
        while place < line.endIndex {
            let byte = line[place]
            let isSpace = byte == 0x20 || byte == 9
            let next = place + 1 < line.endIndex ? line[place + 1] : 0x0A
            let isMarker =
                byte == 0x3E || ((byte == 0x2D || byte == 0x2A || byte == 0x2B) && (next == 0x20 || next == 9))
            guard isSpace || isMarker else { break }
            if isMarker { count += 1 }
            if count > MarkdownGuard.containers {
                append(line[line.startIndex..<place])
                output.append(UInt8(ascii: "\\"))
                return line[place...].mappingMarkers()[...]
            }
            place += 1
        }
        append(line[line.startIndex..<place])
        return line[place...]
    }

    /// Ends a table that would have too many cells, counting those that short rows are filled up with.
    private mutating func bound(_ pipes: Int) {
        guard pipes > 0 || columns > 0 else { return }
        if pipes <= MarkdownGuard.columns { columns = max(columns, pipes + 1) }
        rows += 1
        guard columns * rows > MarkdownGuard.cells else { return }
        output.append(0x0A)
        (columns, rows) = (0, 0)
    }

    private mutating func escape(_ line: ArraySlice<UInt8>, hidesPipes: Bool) {
        var previous: UInt8 = 0
        for byte in line {
            let isEscaped = previous == UInt8(ascii: "\\")
            let isExcess = exceeds(byte, after: previous, hidesPipes: hidesPipes)
            if isExcess, !isEscaped { output.append(UInt8(ascii: "\\")) }
            if byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"), previous == UInt8(ascii: "<") {
                declarations += 1
                if declarations > MarkdownGuard.declarations {
                    output.insert(UInt8(ascii: "\\"), at: output.count - 1)
                }
            }
            output.append(byte)
            // What is escaped, by its writer or here, begins nothing.
            previous = isEscaped || isExcess ? 0 : byte
        }
    }

    /// Counts a byte of markup; whether it is one too many.
    private mutating func exceeds(_ byte: UInt8, after previous: UInt8, hidesPipes: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"):
            brackets += 1
            return brackets > MarkdownGuard.brackets
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "`"), UInt8(ascii: "<"):
            if byte != previous { delimiters += 1 }
            return delimiters > MarkdownGuard.delimiters
        case UInt8(ascii: "|"): return hidesPipes
        default: return false
        }
    }
}

extension ArraySlice<UInt8> {
    /// Spaces after markers become no-break spaces: what follows is text, not another list.
    fileprivate func mappingMarkers() -> [UInt8] {
        var (bytes, isText): ([UInt8], Bool) = ([], false)
        for byte in self {
            isText =
                isText || !(byte == 0x20 || byte == 9 || byte == 0x3E || byte == 0x2D || byte == 0x2A || byte == 0x2B)
            if !isText, byte == 0x20 || byte == 9 { bytes += [0xC2, 0xA0] } else { bytes.append(byte) }
        }
        return bytes
    }
}
