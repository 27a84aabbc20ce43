/// What a client says about codings in `Accept-Encoding` (RFC 9110, 12.5.3).
enum AcceptEncoding {
    /// Whether gzip is welcome: named, or covered by `*`, with a quality above zero.
    static func allowsGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        var wildcard = false
        for item in header.utf8.split(separator: UInt8(ascii: ",")) {
            let parts = item.split(separator: UInt8(ascii: ";"))
            guard let name = parts.first.map(trimmed) else { continue }
            let isWelcome = parts.dropFirst().allSatisfy { !isZero(trimmed($0)) }
            if equals(name, "gzip") || equals(name, "x-gzip") { return isWelcome }
            if equals(name, "*") { wildcard = isWelcome }
        }
        return wildcard
    }

    private typealias Bytes = Substring.UTF8View

    /// Whether a parameter is `q=0`, `q=0.0` and so on.
    private static func isZero(_ parameter: Bytes) -> Bool {
        guard let equal = parameter.firstIndex(of: UInt8(ascii: "=")) else { return false }
        guard equals(trimmed(parameter[..<equal]), "q") else { return false }
        let value = trimmed(parameter[parameter.index(after: equal)...])
        return !value.isEmpty && value.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    }

    private static func trimmed(_ bytes: Bytes) -> Bytes {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
        return bytes
    }

    private static func equals(_ bytes: Bytes, _ name: StaticString) -> Bool {
        ASCII.matches(bytes, name)
    }
}

/// Comparison of header text.
enum ASCII {
    /// Whether the bytes are `name`, which must be lower-case, in any case.
    static func matches(_ bytes: some Collection<UInt8>, _ name: StaticString) -> Bool {
        guard bytes.count == name.utf8CodeUnitCount else { return false }
        var place = name.utf8Start
        for byte in bytes {
            let lowered = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            guard lowered == place.pointee else { return false }
            place += 1
        }
        return true
    }
}
