/// A moment: milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored. The one encoding of time in the program.
package struct Instant: Hashable, Sendable, Comparable, Codable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package init(seconds: Int64) {
        milliseconds = seconds &* 1000
    }

    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// Hours from `earlier` to this instant; negative when `earlier` is later.
    package func hours(since earlier: Instant) -> Double {
        Double(milliseconds - earlier.milliseconds) / 3_600_000
    }

    package func adding(hours: Double) -> Instant {
        Instant(milliseconds: milliseconds + Int64((hours * 3_600_000).rounded()))
    }

    package func adding(seconds: Int64) -> Instant {
        Instant(milliseconds: milliseconds + seconds * 1000)
    }

    /// The start of this instant's hour, in UTC.
    package var roundedDownToHour: Instant {
        Instant(milliseconds: milliseconds - Instant.remainder(milliseconds, 3_600_000))
    }

    /// Days since 1970-01-01, in UTC.
    package var day: Int64 {
        (milliseconds - Instant.remainder(milliseconds, 86_400_000)) / 86_400_000
    }

    private static func remainder(_ value: Int64, _ unit: Int64) -> Int64 {
        let rest = value % unit
        return rest < 0 ? rest + unit : rest
    }
}
