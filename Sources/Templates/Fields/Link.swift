/// An address that is safe to follow: http, https, mailto, or a place on this site.
package struct Link: Sendable, Hashable {
    /// The address as it is written, before the escaping of the place where it stands.
    package let text: String
    /// Made by `init(path:)`: what a script, a frame or an embedded object is loaded from.
    let isOwn: Bool

    /// Accepts an address from outside, or says nil.
    ///
    /// Allowed are `http://host…`, `https://host…`, `mailto:…` (in any case) and what begins with a single `/`, with `?`
    /// or with `#`. Refused are every other scheme, `//host`, a backslash or a control character anywhere (browsers
    /// read `/\host` as `//host` and skip tabs and line ends inside a scheme), and white space around the address.
    /// A space inside becomes `%20`.
    package init?(_ address: String) {
        guard address.first != " ", address.last != " ", !Self.hasForbiddenByte(address) else { return nil }
        guard Self.isPath(address) || Self.hasAllowedScheme(address) else { return nil }
        text = address.utf8.contains(UInt8(ascii: " ")) ? Self.encoded(address) { $0 == UInt8(ascii: " ") } : address
        isOwn = false
    }

    /// Our own address on this site: a path with what follows it, such as `/trends/?page=2`, or `?…` or `#…`.
    ///
    /// Never fails: a path without its leading slash gets one, several become one, and bytes that may not stand in an
    /// address are percent-encoded (a `%` is left as it is). A name that may hold `/`, `?` or `#` must be encoded first.
    package init(path: String) {
        isOwn = true
        if Self.isClean(path) {
            text = path
            return
        }
        let slashes: Set<Character> = ["/", "\\"]
        let clean = Self.encoded(String(path.drop { slashes.contains($0) }), where: Self.mustBeEncoded)
        let isRelative = path.first == "?" || path.first == "#"
        text = isRelative ? clean : "/" + clean
    }

    private static func isPath(_ address: String) -> Bool {
        var bytes = address.utf8.makeIterator()
        switch bytes.next() {
        case UInt8(ascii: "/"): return bytes.next() != UInt8(ascii: "/")
        case UInt8(ascii: "?"), UInt8(ascii: "#"): return true
        default: return false
        }
    }

    private static func hasAllowedScheme(_ address: String) -> Bool {
        guard let colon = address.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let rest = address.utf8[address.utf8.index(after: colon)...]
        let scheme = address.utf8[..<colon]
        if isScheme(scheme, "mailto") { return !rest.isEmpty }
        guard isScheme(scheme, "https") || isScheme(scheme, "http") else { return false }
        guard rest.starts(with: "//".utf8), let host = rest.dropFirst(2).first else { return false }
        return !"/?#:".utf8.contains(host)
    }

    /// In any case.
    private static func isScheme(_ scheme: Substring.UTF8View, _ name: StaticString) -> Bool {
        scheme.count == name.utf8CodeUnitCount
            && zip(scheme, UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
                .allSatisfy { $0 | 0x20 == $1 }
    }

    /// C0 controls, DEL, the C1 controls (UTF-8 `C2 80` … `C2 9F`) and the backslash.
    private static func hasForbiddenByte(_ address: String) -> Bool {
        var previous: UInt8 = 0
        for byte in address.utf8 {
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") { return true }
            if previous == 0xC2, byte < 0xA0 { return true }
            previous = byte
        }
        return false
    }

    /// Whether a path can stay as it is, as nearly all do.
    private static func isClean(_ path: String) -> Bool {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/") && path.utf8.dropFirst().first != UInt8(ascii: "/")
        return isAbsolute && !path.utf8.contains(where: mustBeEncoded)
    }

    private static func mustBeEncoded(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            true
        default: byte <= 0x20 || byte >= 0x7F
        }
    }

    private static func encoded(_ address: String, where isUnsafe: (UInt8) -> Bool) -> String {
        var bytes: [UInt8] = []
        for byte in address.utf8 {
            if isUnsafe(byte) { bytes.append(percentEncoding: byte) } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
