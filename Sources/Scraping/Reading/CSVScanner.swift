import Core

/// Cuts a stream of CSV (RFC 4180) into records as JSON objects by the names in its first line, in constant memory.
///
/// Empty cells are left out; columns `name/0`, `name/1` … become one array. A record with other than the first line's
/// number of cells is damaged: values in wrong columns would be lies. After one the next line is tried.
struct CSVScanner {
    struct Record {
        /// Where it begins.
        let line: Int
        let item: JSON
        /// Why it cannot be used.
        let problem: String?
    }

    static let largestRecord = 16 << 20
    /// Damage makes bytes be read anew; beyond this, and four times what is behind, the rest is read only once.
    private static let patience: Int64 = 32 << 20

    /// How many names the first line holds, once it is there.
    var columns: Int? { header?.count }

    private var header: [String]?
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var isQuoted = false
    private var sawQuote = false
    private var line = 1
    /// The bytes of the record so far and what follows it.
    private var pending: [UInt8] = []
    private var start = 0
    private var place = 0
    private var behind: Int64 = 0
    private var reread: Int64 = 0

    /// Takes more bytes and hands over each record that they complete.
    mutating func take(_ bytes: some Sequence<UInt8>, _ each: (Record) throws -> Void) rethrows {
        pending.append(contentsOf: bytes)
        repeat {
            try scan(each)
        } while try isTooLong && giveUp("it is longer than 16 MiB", each)
        pending.removeFirst(start)
        (place, start) = (place - start, 0)
    }

    mutating func finish(_ each: (Record) throws -> Void) rethrows {
        while start < pending.count {
            if isQuoted, !sawQuote {
                _ = try giveUp("a quote is not closed", each)
            } else {
                try endRecord(each)
            }
            try scan(each)
        }
    }

    private mutating func scan(_ each: (Record) throws -> Void) rethrows {
        while place < pending.count {
            let byte = pending[place]
            place += 1
            if sawQuote, byte != UInt8(ascii: "\"") { (isQuoted, sawQuote) = (false, false) }
            if isQuoted {
                takeQuoted(byte)
            } else {
                try takePlain(byte, each)
            }
        }
    }

    private mutating func takeQuoted(_ byte: UInt8) {
        guard byte == UInt8(ascii: "\"") else { return cell.append(byte) }
        if sawQuote { cell.append(byte) }
        sawQuote.toggle()
    }

    private mutating func takePlain(_ byte: UInt8, _ each: (Record) throws -> Void) rethrows {
        switch byte {
        case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
        case UInt8(ascii: ","): endCell()
        case 0x0A: try endRecord(each)
        case 0x0D: break
        default: cell.append(byte)
        }
    }

    private mutating func endCell() {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
    }

    private mutating func endRecord(_ each: (Record) throws -> Void) rethrows {
        endCell()
        guard let header else {
            header = cells
            return pass(place)
        }
        while cells.count > header.count, cells.last == "" { cells.removeLast() }
        if cells == [""] { return pass(place) }
        guard cells.count == header.count else {
            let reason = "it has \(cells.count) cells, but the first line names \(header.count)"
            _ = try giveUp(reason, each)
            return
        }
        let record = Record(line: line, item: CSVScanner.object(header, cells), problem: nil)
        pass(place)
        try each(record)
    }

    // MARK: Damage

    private var isTooLong: Bool { place - start > CSVScanner.largestRecord }

    /// Hands over why the record is damaged, and goes on with the line after its first.
    private mutating func giveUp(_ reason: String, _ each: (Record) throws -> Void) rethrows -> Bool {
        let isImpatient = reread > CSVScanner.patience && reread > 4 * behind
        let found = isImpatient ? nil : pending[start..<place].firstIndex(of: 0x0A)
        let next = found.map { $0 + 1 } ?? place
        reread += Int64(place - next)
        let record = Record(line: line, item: .null, problem: reason)
        pass(next)
        try each(record)
        return true
    }

    /// The next record begins at `next`.
    private mutating func pass(_ next: Int) {
        line += pending[start..<next].count { $0 == 0x0A }
        behind += Int64(next - start)
        (start, place) = (next, next)
        cells = []
        cell.removeAll(keepingCapacity: true)
        (isQuoted, sawQuote) = (false, false)
    }

    private static func object(_ header: [String], _ record: [String]) -> JSON {
        var members: [String: JSON] = [:]
        for (name, value) in zip(header, record) where !value.isEmpty {
            let parts = name.split(separator: "/")
            if parts.count == 2, Int(parts[1]) != nil {
                let list = String(parts[0])
                members[list] = .array((members[list]?.array ?? []) + [.text(value)])
            } else {
                members[name] = .text(value)
            }
        }
        return .object(members)
    }
}
