/// A JSON value (RFC 8259). Whole numbers that fit 64 bits stay exact; larger ones keep their digits as text.
package indirect enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    /// A whole number beyond 64 bits, as its digits.
    case digits(String)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    package subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    package var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    package var array: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var object: [String: JSON]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}

/// Why bytes are not JSON, and where in them.
package struct JSONFailure: Error, Sendable, Equatable {
    package let offset: Int
    package let reason: String
}

/// A strict parser: no comments, no trailing commas, at most 128 levels.
package struct JSONParser {
    private static let deepest = 128
    private let bytes: [UInt8]
    private var place = 0

    /// Parses the whole of `bytes`.
    package static func parse(_ bytes: [UInt8]) throws(JSONFailure) -> JSON {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.place == bytes.count else { throw parser.failure("something follows the value") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func failure(_ reason: String) -> JSONFailure {
        JSONFailure(offset: place, reason: place >= bytes.count ? "it ends too early" : reason)
    }

    private mutating func skipSpace() {
        while place < bytes.count,
            bytes[place] == 0x20 || bytes[place] == 0x0A || bytes[place] == 0x0D || bytes[place] == 9
        {
            place += 1
        }
    }

    private mutating func value(depth: Int) throws(JSONFailure) -> JSON {
        guard depth < JSONParser.deepest else { throw failure("it is nested more than \(JSONParser.deepest) deep") }
        skipSpace()
        guard place < bytes.count else { throw failure("") }
        switch bytes[place] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSONFailure) -> JSON {
        guard bytes[place...].starts(with: word.utf8) else { throw failure("a value was expected") }
        place += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONFailure) -> JSON {
        var members: [String: JSON] = [:]
        place += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
                throw failure("a key in quotes was expected")
            }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("a colon was expected") }
            members[key] = try value(depth: depth + 1)
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw failure("a comma or } was expected") }
        }
    }

    private mutating func array(depth: Int) throws(JSONFailure) -> JSON {
        var elements: [JSON] = []
        place += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw failure("a comma or ] was expected") }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    // MARK: Numbers and strings

    private mutating func number() throws(JSONFailure) -> JSON {
        let start = place
        while place < bytes.count, JSONParser.isNumeric(bytes[place]) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let hasLeadingZero = digits.hasPrefix("0") && digits.dropFirst().first.map { $0.isNumber } ?? false
        guard let first = digits.utf8.first, (0x30...0x39).contains(first), !hasLeadingZero else {
            place = start
            throw failure("a value was expected")
        }
        if let integer = Int64(text) { return .integer(integer) }
        if digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return .digits(text) }
        guard let last = text.utf8.last, (0x30...0x39).contains(last), let value = Double(text), value.isFinite else {
            throw failure("a number was expected")
        }
        return .number(value)
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E || byte == 0x45 || byte == 0x65
    }

    private mutating func string() throws(JSONFailure) -> String {
        place += 1
        var text: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(&text)
            case 0..<0x20:
                place -= 1
                throw failure("a line break or control character stands inside quotes")
            default: text.append(byte)
            }
        }
        throw failure("")
    }

    private mutating func escape(_ text: inout [UInt8]) throws(JSONFailure) {
        guard place < bytes.count else { throw failure("") }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"): try unicodeEscape(&text)
        default:
            place -= 1
            throw failure("an unknown escape stands inside quotes")
        }
    }

    /// A lone surrogate becomes U+FFFD.
    private mutating func unicodeEscape(_ text: inout [UInt8]) throws(JSONFailure) {
        var code = try fourHexDigits()
        if (0xD800..<0xDC00).contains(code), bytes[place...].starts(with: [0x5C, 0x75]) {
            let here = place
            place += 2
            let low = try fourHexDigits()
            if (0xDC00..<0xE000).contains(low) {
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            } else {
                place = here
            }
        }
        text.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    }

    private mutating func fourHexDigits() throws(JSONFailure) -> UInt32 {
        guard place + 4 <= bytes.count, bytes[place..<place + 4].allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
            let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
        else { throw failure("four hex digits were expected") }
        place += 4
        return code
    }
}
