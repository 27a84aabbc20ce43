import Synchronization

/// A row's id: UUIDv7 as lower-case text, typed by what it names so that ids cannot be mixed up.
///
/// Ids made by one process sort by the moment they were made.
package struct Identifier<Entity>: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    package let rawValue: String

    /// Wraps an id that is already known to be valid, such as one read from the database.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Validates text from outside: 36 characters, lower-case hex digits and hyphens in the places of a UUID.
    package init?(_ text: String) {
        guard UUIDText.isValid(text) else { return nil }
        rawValue = text
    }

    package init(at instant: Instant, randomness: UUIDText.Randomness) {
        rawValue = UUIDText.version7(at: instant, randomness)
    }

    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

package typealias UserID = Identifier<User>
package typealias PostID = Identifier<Post>
package typealias AuthorID = Identifier<Author>
package typealias TrendID = Identifier<Trend>
package typealias WatchlistID = Identifier<Watchlist>
package typealias IdeaboardID = Identifier<Ideaboard>
package typealias SessionID = Identifier<Session>

/// UUIDs as text (RFC 9562).
package enum UUIDText {
    /// 128 random bits; version 7 uses 74 of them.
    package typealias Randomness = (UInt64, UInt64)

    package static func version7(at instant: Instant, _ randomness: Randomness) -> String {
        let stamp = UInt64(max(0, instant.milliseconds)) & 0xFFFF_FFFF_FFFF
        let high = stamp << 16 | 0x7000 | (randomness.0 & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (randomness.1 >> 2)
        return text(high, low)
    }

    package static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            let isHex = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            guard isHyphen ? byte == 0x2D : isHex else { return false }
        }
        return true
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var place = 0
            for index in 0..<32 {
                if index == 8 || index == 12 || index == 16 || index == 20 {
                    buffer[place] = 0x2D
                    place += 1
                }
                let word = index < 16 ? high : low
                let nibble = Int(truncatingIfNeeded: word >> UInt64(60 - (index % 16) * 4)) & 15
                buffer[place] = digits.utf8Start[nibble]
                place += 1
            }
            return 36
        }
    }
}
