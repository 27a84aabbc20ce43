import CPostgres

/// A statement that the server keeps for this connection.
struct PostgresStatement {
    let name: String
    /// What the values must be encoded as.
    let types: [Oid]
    var lastUse: Int

    /// NULL fits everywhere.
    func fits(_ given: [Oid]) -> Bool {
        zip(types, given).allSatisfy { $1 == 0 || $0 == $1 }
    }
}

/// The statements of one connection by their text, the least recently used leaving first.
struct PostgresStatements {
    static let limit = 256

    private var statements: [String: PostgresStatement] = [:]
    private var clock = 0

    subscript(text: String) -> PostgresStatement? {
        mutating get {
            guard let index = statements.index(forKey: text) else { return nil }
            clock += 1
            statements.values[index].lastUse = clock
            return statements.values[index]
        }
    }

    mutating func makeName() -> String {
        clock += 1
        return "s\(clock)"
    }

    /// Keeps a statement, and returns the names of those that the server may forget.
    mutating func insert(_ name: String, types: [Oid], for text: String) -> [String] {
        var leaving = statements.removeValue(forKey: text).map { [$0.name] } ?? []
        if statements.count >= Self.limit, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            leaving.append(oldest.value.name)
            statements[oldest.key] = nil
        }
        statements[text] = PostgresStatement(name: name, types: types, lastUse: clock)
        return leaving
    }

    mutating func removeAll() {
        statements = [:]
    }
}

enum PostgresText {
    /// The statement with `$1`, `$2` … for every `?` outside of quotes.
    static func numbered(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        var (number, quote) = (0, nil as UInt8?)
        for byte in text.utf8 {
            if quote == nil, byte == UInt8(ascii: "?") {
                number += 1
                bytes.append(contentsOf: "$\(number)".utf8)
                continue
            }
            if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == quote {
                quote = nil
            }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
