import Core
import Foundation
import SQL

extension Instant: SQLConvertible {
    package var sqlValue: SQLValue { .integer(milliseconds) }
}

extension Identifier: SQLConvertible {
    package var sqlValue: SQLValue { .text(rawValue) }
}

extension Row {
    func instant(_ column: Int) -> Instant { Instant(milliseconds: integer(column)) }
    func optionalInstant(_ column: Int) -> Instant? { optionalInteger(column).map(Instant.init(milliseconds:)) }
    func id<Entity>(_ column: Int) -> Identifier<Entity> { Identifier(rawValue: text(column)) }

    /// `users.email`, where a user without an address has their id, in which there is no @.
    func address(_ column: Int) -> String? {
        let text = text(column)
        return text.utf8.contains(UInt8(ascii: "@")) ? text : nil
    }

    /// A state or kind stored as its raw value; `fallback` where a later version wrote one this program does not know.
    func value<Value: RawRepresentable<String>>(_ column: Int, or fallback: Value) -> Value {
        Value(rawValue: text(column)) ?? fallback
    }

    func texts(_ column: Int) throws -> [String] {
        let json = text(column)
        return try JSONColumn.plainTexts(json) ?? JSONColumn.decode([String].self, json)
    }
}

/// JSON in a text column: keys sorted, so that equal values are equal text.
enum JSONColumn {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// An array of texts that need no unescaping, as nearly all are; `nil` where it may be anything else. Every trend has
    /// two, and `JSONDecoder` takes 4 µs for one, four times as long as this.
    static func plainTexts(_ json: String) -> [String]? {
        let bytes = json.utf8
        if bytes.count == 2, json == "[]" { return [] }
        guard bytes.count >= 4, json.hasPrefix("[\""), json.hasSuffix("\"]"), !bytes.contains(UInt8(ascii: "\\")) else {
            return nil
        }
        let texts = bytes.dropFirst(2).dropLast(2).split(
            separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        guard texts.count % 2 == 1 else { return nil }
        var plain: [String] = []
        for (place, text) in texts.enumerated() {
            if place % 2 == 0 { plain.append(String(text) ?? "") } else if !text.elementsEqual(",".utf8) { return nil }
        }
        return plain
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }
}
