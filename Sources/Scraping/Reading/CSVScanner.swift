import Core

/// Cuts a stream of CSV (RFC 4180) into records as JSON objects by the names in its first line.
///
/// Empty cells are left out; columns `name/0`, `name/1` … become one array.
struct CSVScanner {
    private var header: [String]?
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var isQuoted = false
    private var sawQuote = false
    private var line = 1
    private var recordLine = 1

    /// Takes more bytes and hands over each record that they complete, with the line on which it begins.
    mutating func take(_ bytes: some Sequence<UInt8>, _ each: (Int, JSON) throws -> Void) rethrows {
        for byte in bytes {
            if byte == 0x0A { line += 1 }
            if sawQuote, byte != UInt8(ascii: "\"") { (isQuoted, sawQuote) = (false, false) }
            if isQuoted {
                quoted(byte)
            } else {
                try plain(byte, each)
            }
        }
    }

    mutating func finish(_ each: (Int, JSON) throws -> Void) rethrows {
        if !cell.isEmpty || !cells.isEmpty { try endRecord(each) }
    }

    private mutating func quoted(_ byte: UInt8) {
        guard byte == UInt8(ascii: "\"") else { return cell.append(byte) }
        if sawQuote { cell.append(byte) }
        sawQuote.toggle()
    }

    private mutating func plain(_ byte: UInt8, _ each: (Int, JSON) throws -> Void) rethrows {
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

    private mutating func endRecord(_ each: (Int, JSON) throws -> Void) rethrows {
        endCell()
        let (record, first) = (cells, recordLine)
        cells = []
        recordLine = line
        guard let header else { return self.header = record }
        guard record != [""] else { return }
        try each(first, CSVScanner.object(header, record))
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
