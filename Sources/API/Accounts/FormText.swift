import Core

/// `application/x-www-form-urlencoded` (WHATWG URL, 5).
enum FormText {
    /// Of several fields with one name the first counts. Throws when a name or value is not UTF-8.
    static func fields(_ bytes: [UInt8]) throws -> [String: String] {
        try values(bytes, of: "body").compactMapValues(\.first)
    }

    /// Every value of each field, in the order in which they were sent. `place` is what a problem names.
    static func values(_ bytes: [UInt8], of place: String) throws(ValidationError) -> [String: [String]] {
        var fields: [String: [String]] = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = decoded(parts.count > 1 ? parts[1] : []) else {
                throw ValidationError(field: place, rule: "must be UTF-8 text")
            }
            fields[name, default: []].append(value)
        }
        return fields
    }

    /// Percent-encodes everything but letters, digits and `-._~/`, for a value in a query.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
            if isPlain || "-._~/".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// Without percent-encoding; `nil` where what is left is not UTF-8.
    static func decoded(_ text: String) -> String? { decoded(ArraySlice(text.utf8)) }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "+"):
                result.append(0x20)
            case UInt8(ascii: "%"):
                guard let byte = escape(bytes[index...].dropFirst().prefix(2)) else { fallthrough }
                result.append(byte)
                index += 2
            default:
                result.append(bytes[index])
            }
            index += 1
        }
        return String(validating: result, as: UTF8.self)
    }

    /// The byte of two hex digits; a percent sign without them stands for itself.
    private static func escape(_ digits: ArraySlice<UInt8>) -> UInt8? {
        let isHex = digits.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
        guard digits.count == 2, isHex else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
