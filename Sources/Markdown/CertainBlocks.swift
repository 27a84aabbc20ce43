/// Follows code fences and tables, but only where no reading of the lines before makes them anything else: not indented,
/// after nothing that could be raw HTML or another fence. What it says decides whether lines are counted, so a doubt is a
/// "no".
struct CertainBlocks {
    enum Line {
        /// A fence or the code in it: nothing in it is markup.
        case code
        /// A row of a table below its first two: its cells are read by themselves.
        case row
        case empty
        case other
    }

    private var fence: (mark: UInt8, length: Int)?
    /// Columns of the table that the last line belongs to.
    private var table: Int?
    /// Columns of the last line, when it could be a table's first.
    private var header: Int?
    private var isAfterEmptyLine = true
    /// Comments, scripts and the like end where they please.
    private var hasRawText = false
    /// Other raw HTML ends with an empty line.
    private var isInMarkup = false
    /// A fence in a list or quote, or code in a line: the fences after it may be its end.
    private var hasDoubtfulFence = false

    /// Takes the next line, whole.
    mutating func take(_ line: ArraySlice<UInt8>) -> Line {
        if let open = fence {
            if closes(line, open) { fence = nil }
            return .code
        }
        let content = line.drop(while: \.isBlank)
        if content.first == nil || content.first == .newline {
            (table, header, isAfterEmptyLine, isInMarkup) = (nil, nil, true, false)
            return .empty
        }
        noteRawHTML(content)
        if let opened = opening(line) {
            (fence, table, header, isAfterEmptyLine) = (opened, nil, nil, false)
            return .code
        }
        let isRow = takeTable(line)
        isAfterEmptyLine = false
        return isRow ? .row : .other
    }

    /// Hears that an empty line was put before the last line, or into it.
    mutating func breakTable() {
        (table, header) = (nil, nil)
    }

    private mutating func noteRawHTML(_ content: ArraySlice<UInt8>) {
        guard content.first == UInt8(ascii: "<") else { return }
        isInMarkup = true
        // Comment, declaration, instruction, `pre`, `script`, `style`.
        switch content.dropFirst().first {
        case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "s"),
            UInt8(ascii: "S"):
            hasRawText = true
        default: break
        }
    }

    private mutating func opening(_ line: ArraySlice<UInt8>) -> (mark: UInt8, length: Int)? {
        guard line.hasFenceMarks else { return nil }
        guard let mark = line.first, mark.isFenceMark, !hasDoubtfulFence, !hasRawText, !isInMarkup else {
            hasDoubtfulFence = true
            return nil
        }
        let length = line.prefix { $0 == mark }.count
        guard length >= 3, !line.dropFirst(length).contains(where: { $0.isFenceMark || $0 == 0 }) else {
            hasDoubtfulFence = true
            return nil
        }
        return (mark, length)
    }

    private func closes(_ line: ArraySlice<UInt8>, _ open: (mark: UInt8, length: Int)) -> Bool {
        let content = line.drop { $0 == 0x20 }
        let marks = content.prefix { $0 == open.mark }.count
        return content.startIndex - line.startIndex <= 3 && marks >= open.length
            && content.dropFirst(marks).allSatisfy { $0.isBlank || $0 == .newline }
    }

    /// Whether the line is a row below a table's first two lines.
    private mutating func takeTable(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first == .pipe, !hasRawText, !isInMarkup else {
            (table, header) = (nil, nil)
            return false
        }
        if table != nil {
            let hasText = line.contains { !$0.isBlank && $0 != .pipe && $0 != .newline }
            if !hasText { table = nil }
            return hasText
        }
        let columns = columns(of: line)
        table = columns != nil && columns == header && isRule(line) ? columns : nil
        header = isAfterEmptyLine ? columns : nil
        return false
    }

    /// Columns of a line that begins and ends with a pipe.
    private func columns(of line: ArraySlice<UInt8>) -> Int? {
        let body = line.last == .newline ? line.dropLast() : line
        guard body.count > 2, body.last == .pipe, !body.contains(.backslash) else { return nil }
        let columns = body.count { $0 == .pipe } - 1
        return columns <= MarkdownGuard.columns ? columns : nil
    }

    private func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        let body = line.last == .newline ? line.dropLast() : line
        return body.dropFirst().dropLast().split(separator: .pipe, omittingEmptySubsequences: false).allSatisfy {
            cell in
            var marker = cell.drop(while: \.isBlank)
            while marker.last?.isBlank == true { marker = marker.dropLast() }
            if marker.first == UInt8(ascii: ":") { marker = marker.dropFirst() }
            if marker.last == UInt8(ascii: ":") { marker = marker.dropLast() }
            return !marker.isEmpty && marker.allSatisfy { $0 == UInt8(ascii: "-") }
        }
    }
}

extension UInt8 {
    fileprivate var isFenceMark: Bool { self == UInt8(ascii: "`") || self == UInt8(ascii: "~") }
}

extension ArraySlice<UInt8> {
    /// Whether three marks of a fence follow one another anywhere.
    fileprivate var hasFenceMarks: Bool {
        var run = 0
        for byte in self {
            run = byte.isFenceMark ? run + 1 : 0
            if run == 3 { return true }
        }
        return false
    }
}
