import Crypto

/// What a signed-in browser holds: 32 random bytes, written as 43 digits of base64url. Only its SHA-256 is stored.
struct SessionToken: Hashable, Sendable {
    private let words: SIMD4<UInt64>

    static func random() -> SessionToken {
        var source = SystemRandomNumberGenerator()
        return SessionToken(words: SIMD4(source.next(), source.next(), source.next(), source.next()))
    }

    private init(words: SIMD4<UInt64>) {
        self.words = words
    }

    /// Reads exactly what `text` writes, `nil` for anything else.
    init?(_ text: Substring.UTF8View) {
        guard text.count == 43 else { return nil }
        var words = SIMD4<UInt64>()
        var (bits, count, filled) = (UInt64(0), 0, 0)
        for digit in text {
            guard let value = Base64URL.value(digit) else { return nil }
            (bits, count) = (bits << 6 | value, count + 6)
            guard count >= 8 else { continue }
            count -= 8
            words[filled / 8] = words[filled / 8] << 8 | (bits >> UInt64(count)) & 0xFF
            filled += 1
        }
        guard filled == 32, bits & 3 == 0 else { return nil }
        self.words = words
    }

    var bytes: [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - $0 % 8 * 8)) }
    }

    var text: String { Base64URL.encode(bytes) }

    /// The key under which the session is stored.
    var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }
}
