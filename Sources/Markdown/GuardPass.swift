/// One pass over a text, line by line, that counts its markup and bounds it (`MarkdownGuard`).
struct GuardPass {
    private(set) var output: [UInt8] = []
    private var blocks = CertainBlocks()
    private var counts = Counts()
    /// Columns and rows of what may be a table.
    private var table = (columns: 0, rows: 0)
    /// Lines of the text so far that may belong to tables.
    private var tableLines = 0
    /// Beginnings of web addresses in the word so far.
    private var addresses = 0
    private var mentionsOfWord = 0

    /// What is counted from one empty line to the next.
    private struct Counts {
        var bytes = 0
        var brackets = 0
        var delimiters = 0
        var declarations = 0
        var rules = 0
        var mentions = 0

        mutating func add(_ line: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>) {
            bytes += line.count
            if content.couldRuleTable { rules += 1 }
        }

        /// At a limit, or half way there.
        func reaches(half: Bool) -> Bool {
            let scale = half ? 2 : 1
            return bytes * scale > MarkdownGuard.section || brackets * scale > MarkdownGuard.brackets
                || delimiters * scale > MarkdownGuard.delimiters || rules * scale > MarkdownGuard.rules
                || declarations * scale > MarkdownGuard.declarations || mentions * scale > MarkdownGuard.mentions
        }
    }

    init(reserving capacity: Int) {
        output.reserveCapacity(capacity)
    }

    /// Takes the next line, whole, with its end.
    mutating func take(_ line: ArraySlice<UInt8>) {
        switch blocks.take(line) {
        case .code: passOn(line)
        case .empty: passOn(line)
        case .row:
            counts = Counts()
            bounded(line)
        case .other: bounded(line)
        }
    }

    private mutating func passOn(_ line: ArraySlice<UInt8>) {
        (counts, table) = (Counts(), (0, 0))
        output.append(contentsOf: line)
    }

    private mutating func bounded(_ line: ArraySlice<UInt8>) {
        var rest = line
        while rest.count > MarkdownGuard.section {
            let cut = seam(in: rest)
            piece(rest[..<cut])
            output.append(.newline)
            beginSection()
            rest = rest[cut...]
        }
        piece(rest)
    }

    /// Where a line that is too long is cut: after a space, else between letters.
    private func seam(in line: ArraySlice<UInt8>) -> Int {
        let limit = line.startIndex + MarkdownGuard.section
        let head = line[..<limit]
        if let space = head.lastIndex(of: 0x20), space > line.startIndex + MarkdownGuard.section / 2 {
            return space + 1
        }
        var cut = limit
        while cut > line.startIndex + 1, line[cut] & 0xC0 == 0x80 { cut -= 1 }
        return cut
    }

    private mutating func piece(_ line: ArraySlice<UInt8>) {
        let content = line.drop(while: \.isBlank)
        let pipes = line.count { $0 == .pipe }
        boundTable(pipes)
        counts.add(line, content)
        if counts.reaches(half: content.couldBeginBlock) {
            beginSection()
            counts.add(line, content)
        }
        let rest = passingContainers(of: line)
        // Without its second line a table is none, and one escape costs less than one a pipe.
        if tableLines > MarkdownGuard.tableLines, rest.couldRuleTable { output.append(.backslash) }
        escape(rest, hidesPipes: pipes > MarkdownGuard.columns)
    }

    /// Ends a table that would have too many cells, and the last one that the text may have.
    private mutating func boundTable(_ pipes: Int) {
        guard pipes > 0 || table.columns > 0 else { return }
        if pipes <= MarkdownGuard.columns { table.columns = max(table.columns, pipes + 1) }
        table.rows += 1
        tableLines += 1
        let isLast = tableLines == MarkdownGuard.tableLines + 1
        if isLast || table.columns * table.rows > MarkdownGuard.cells { beginSection() }
    }

    /// Puts an empty line before what comes next.
    private mutating func beginSection() {
        output.append(.newline)
        (counts, table) = (Counts(), (0, 0))
        blocks.breakTable()
    }

    /// Copies the markers that begin the line, the first one too many escaped; returns what follows them.
    private mutating func passingContainers(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var (place, count) = (line.startIndex, 0)
        while place < line.endIndex {
            let length = line[place...].markerLength
            guard length > 0 || line[place].isBlank else { break }
            if length > 0 { count += 1 }
            if count > MarkdownGuard.containers {
                output.append(contentsOf: line[..<place])
                output.append(.backslash)
                return line[place...].withMarkersAsText
            }
            place += max(length, 1)
        }
        output.append(contentsOf: line[..<place])
        return line[place...]
    }

    private mutating func escape(_ line: ArraySlice<UInt8>, hidesPipes: Bool) {
        /// The last three bytes; what is escaped begins nothing and stands as 0.
        var recent: UInt32 = 0
        for byte in line {
            if byte == UInt8(ascii: "@") || byte == 0x20 { boundMentions(byte) }
            let isEscaped = recent & 0xFF == UInt32(UInt8.backslash)
            let isExcess = exceeds(byte, after: recent, hidesPipes: hidesPipes)
            if isExcess, !isEscaped { output.append(.backslash) }
            if exceedsDeclarations(byte, after: recent) { output.insert(.backslash, at: output.count - 1) }
            output.append(byte)
            recent = (recent << 8 | (isEscaped || isExcess ? 0 : UInt32(byte))) & 0xFF_FFFF
        }
    }

    /// Counts a byte of markup; whether it is one too many.
    private mutating func exceeds(_ byte: UInt8, after recent: UInt32, hidesPipes: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"):
            counts.brackets += 1
            return counts.brackets > MarkdownGuard.brackets
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "`"), UInt8(ascii: "<"):
            if UInt32(byte) != recent & 0xFF { counts.delimiters += 1 }
            return counts.delimiters > MarkdownGuard.delimiters
        case .pipe: return hidesPipes
        case 0x20, 0x09, .newline:
            addresses = 0
            return false
        case UInt8(ascii: "."): return recent == 0x77_7777 && exceedsAddresses()
        case UInt8(ascii: "/"): return recent & 0xFFFF == 0x3A2F && exceedsAddresses()
        default: return false
        }
    }

    /// Ends the line before the `@` that is one too many of a word, and the paragraph after the last one of a section.
    private mutating func boundMentions(_ byte: UInt8) {
        if byte == 0x20 {
            mentionsOfWord = 0
            guard counts.mentions > MarkdownGuard.mentions else { return }
            output.append(.newline)
            beginSection()
        } else {
            counts.mentions += 1
            mentionsOfWord += 1
            guard mentionsOfWord > MarkdownGuard.mentionsOfWord else { return }
            output.append(.newline)
            mentionsOfWord = 0
        }
    }

    private mutating func exceedsAddresses() -> Bool {
        addresses += 1
        return addresses > MarkdownGuard.addresses
    }

    private mutating func exceedsDeclarations(_ byte: UInt8, after recent: UInt32) -> Bool {
        guard byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"), recent & 0xFF == UInt32(UInt8(ascii: "<"))
        else { return false }
        counts.declarations += 1
        return counts.declarations > MarkdownGuard.declarations
    }
}

extension ArraySlice<UInt8> {
    /// Whether it looks like a heading, list item or quote: a good place for an empty line.
    fileprivate var couldBeginBlock: Bool {
        first == UInt8(ascii: "#") || markerLength > 0
    }

    /// Whether a table's second line could look like this: each makes the parser read the whole paragraph again.
    fileprivate var couldRuleTable: Bool {
        var dashes = 0
        for byte in self {
            switch byte {
            case UInt8(ascii: "-"): dashes += 1
            case .pipe, UInt8(ascii: ":"), UInt8(ascii: ">"), 0x20, 0x09, .newline: break
            default: return false
            }
        }
        return dashes > 0
    }

    /// Bytes of the quote or list marker that it begins with, 0 when it begins with none.
    fileprivate var markerLength: Int {
        guard let mark = first else { return 0 }
        if mark == UInt8(ascii: ">") { return 1 }
        if mark.isBullet { return dropFirst().first?.isBlank == true ? 1 : 0 }
        let digits = prefix(9).prefix(while: \.isDigit).count
        let after = dropFirst(digits).prefix(2)
        guard digits > 0, let point = after.first, point == UInt8(ascii: ".") || point == UInt8(ascii: ")"),
            after.count == 2, after.last?.isBlank == true
        else { return 0 }
        return digits + 1
    }

    /// Spaces after markers become no-break spaces: what follows is text, not another list.
    fileprivate var withMarkersAsText: ArraySlice<UInt8> {
        var (bytes, isText): ([UInt8], Bool) = ([], false)
        for byte in self {
            let isMark =
                byte.isBlank || byte.isBullet || byte.isDigit || byte == UInt8(ascii: ">") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: ")")
            isText = isText || !isMark
            if !isText, byte.isBlank { bytes += [0xC2, 0xA0] } else { bytes.append(byte) }
        }
        return bytes[...]
    }
}
