/// Appending values to a page. Runs of bytes that need no change are copied whole.
extension [UInt8] {
    /// Escapes `& < > " '` and drops NUL, which HTML forbids.
    mutating func append(markup text: String) {
        append(text, escaping: ByteSet.markup.contains) { $0.append(entityFor: $1) }
    }

    /// Escapes the same five and drops what XML 1.0 forbids: the C0 controls but tab, LF and CR, and U+FFFE, U+FFFF.
    mutating func append(xml text: String) {
        let isForbidden: (Unicode.Scalar) -> Bool = { $0.value == 0xFFFE || $0.value == 0xFFFF }
        var text = text
        if text.withUTF8({ $0.contains(0xEF) }), text.unicodeScalars.contains(where: isForbidden) {
            text.unicodeScalars.removeAll(where: isForbidden)
        }
        append(text, escaping: ByteSet.xml.contains) { $0.append(entityFor: $1) }
    }

    /// Drops NUL and changes nothing else.
    mutating func append(plain text: String) {
        append(text, escaping: { $0 == 0 }, with: { _, _ in })
    }

    /// Leaves letters, digits and `-._~` (RFC 3986, unreserved characters), percent-encodes every other byte.
    mutating func append(percent text: String) {
        append(text, escaping: { !$0.isUnreserved }, with: { $0.append(percentEncoding: $1) })
    }

    mutating func append(percentEncoding byte: UInt8) {
        append(UInt8(ascii: "%"))
        append((byte >> 4).hexDigit)
        append((byte & 15).hexDigit)
    }

    /// Decimal digits, with `-` where negative.
    package mutating func append(number: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (place, rest) = (20, number.magnitude)
            repeat {
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 { append(UInt8(ascii: "-")) }
            append(contentsOf: UnsafeBufferPointer(rebasing: digits[place...]))
        }
    }

    @inline(__always)
    private mutating func append(
        _ text: String, escaping isSpecial: (UInt8) -> Bool, with escape: (inout [UInt8], UInt8) -> Void
    ) {
        var text = text
        text.withUTF8 { bytes in
            var copied = 0
            for index in 0..<bytes.count where isSpecial(bytes[index]) {
                append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<index]))
                escape(&self, bytes[index])
                copied = index + 1
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
        }
    }

    /// Nothing for a control character.
    private mutating func append(entityFor byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
        case UInt8(ascii: "'"): append(contentsOf: "&#39;".utf8)
        default: break
        }
    }
}

/// A set of bytes below 64, one bit each: every character that escaping changes is among them.
private struct ByteSet {
    let bits: UInt64

    /// NUL and `" & ' < >`.
    static var markup: ByteSet { ByteSet(bits: 1 | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E) }
    /// The same and every C0 control but tab, LF and CR.
    static var xml: ByteSet { ByteSet(bits: markup.bits | 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D)) }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 64 && bits &>> UInt64(byte) & 1 == 1
    }
}

extension UInt8 {
    fileprivate var hexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "A") - 10 + self }

    fileprivate var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
