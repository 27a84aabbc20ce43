import Core
import Scraping
import TestSupport
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "Each form that sources write",
        arguments: [
            ("2026-11-24", "2026-11-24"), ("2026-11-24T14:05:00Z", "2026-11-24 14:05:00"),
            ("2026-11-24 14:05", "2026-11-24 14:05:00"), ("2026-11-24T14:05:30+02:00", "2026-11-24 12:05:30"),
            ("2026-11-24T00:05:30+0530", "2026-11-23 18:35:30"), ("2026-12-31T23:30:00-05", "2027-01-01 04:30:00"),
            ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59"), ("2024-02-29", "2024-02-29"),
            ("Wed, 02 Nov 2011 16:30:14 +0000", "2011-11-02 16:30:14"),
            ("Wed, 2 Nov 2011 16:30:14 GMT", "2011-11-02 16:30:14"), ("2 Nov 2011 16:30 UT", "2011-11-02 16:30:00"),
            ("Wed, 02 Nov 2011 16:30:14 EST", "2011-11-02 21:30:14"),
            ("Tue, 05 Jul 2011 16:30:14 PDT", "2011-07-05 23:30:14"),
            ("Wed, 01 Feb 2023 05:00:00 -0000", "2023-02-01 05:00:00"),
            ("Sat Sep 13 18:06:27 +0000 2025", "2025-09-13 18:06:27"),
            ("Sat Sep 13 01:06:27 +0230 2025", "2025-09-12 22:36:27"),
            ("1757116800", "2025-09-06"), ("1757116800000", "2025-09-06"), ("1757116800.75", "2025-09-06"),
        ])
    func forms(text: String, expected: String) throws {
        let found = try #require(Timestamp.any(text))
        let instant = try Instant(expected)
        #expect(found.milliseconds / 1000 == instant.milliseconds / 1000)
    }

    @Test(
        "What is no moment is unknown, not another moment",
        arguments: [
            "", "yesterday", "3 days ago", "2021", "20210720", "2026-13-01", "2026-02-29", "2026-11-31",
            "2026-11-24T24:00:00Z",
            "2026-11-24T14:60:00Z", "2026-11-24T14:05:00+25:00", "2026-11-24T14:05:00 EST", "2026-11-24Tnoon",
            "24.11.2026", "11/24/2026",
            "Wed, 30 Feb 2011 16:30:14 GMT", "Wed, 02 Nov 2011", "Wed, 02 Nov 2011 16:xx:14 GMT",
            "02 Nov 11 16:30:14 GMT",
            "Wed, 02 Nov 2011 25:30:14 GMT", "Wed, 02 Nov 2011 16:30:14 +9x00", "-1", "0", "1e400", "nan",
            "99999999999999",
        ])
    func unknown(text: String) {
        #expect(Timestamp.any(text) == nil)
    }

    @Test("Fractions of a second keep their milliseconds")
    func fractions() throws {
        #expect(Timestamp.iso("2026-11-24T14:05:00.1239Z")?.milliseconds.remainder(1000) == 123)
        #expect(Timestamp.iso("2026-11-24T14:05:00.5Z")?.milliseconds.remainder(1000) == 500)
        #expect(Timestamp.epoch(1_757_116_800.25)?.milliseconds.remainder(1000) == 250)
    }

    @Test("Numbers are seconds or milliseconds by their size, and no time before 1973")
    func epoch() {
        #expect(Timestamp.epoch(1e8) == Instant(seconds: 100_000_000))
        #expect(Timestamp.epoch(9_999_999_999) == Instant(seconds: 9_999_999_999))
        #expect(Timestamp.epoch(10_000_000_000) == Instant(milliseconds: 10_000_000_000))
        for value in [99_999_999, 0, -5, 1e13, .infinity, .nan] { #expect(Timestamp.epoch(value) == nil) }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func padded(_ number: Int, _ count: Int = 2) -> String {
        String(repeating: "0", count: count - "\(number)".count) + "\(number)"
    }

    @Test("Any moment between 1973 and 2286 comes back from every form, in any zone")
    func property() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        for _ in 0..<500 {
            let instant = Instant(seconds: Int64.random(in: 100_000_000..<9_999_999_999, using: &generator))
            let minutes = Int.random(in: -1439...1439, using: &generator)
            let local = CivilTime(instant.adding(seconds: Int64(minutes * 60)))
            let sign = minutes < 0 ? "-" : "+"
            let (hours, rest) = (Self.padded(abs(minutes) / 60), Self.padded(abs(minutes) % 60))
            let clock = [local.hour, local.minute, local.second].map { Self.padded($0) }.joined(separator: ":")
            let (year, month, day) = (
                Self.padded(Int(local.year), 4), Self.months[local.month - 1], Self.padded(local.day)
            )
            for text in [
                "\(year)-\(Self.padded(local.month))-\(day)T\(clock)\(sign)\(hours):\(rest)",
                "Xxx, \(day) \(month) \(year) \(clock) \(sign)\(hours)\(rest)",
                "Xxx \(month) \(day) \(clock) \(sign)\(hours)\(rest) \(year)", "\(instant.milliseconds / 1000)",
                "\(instant.milliseconds)",
            ] where instant.milliseconds >= 10_000_000_000 {
                #expect(Timestamp.any(text) == instant, "seed \(generator.seed): \(text)")
            }
        }
    }

    @Test("Random text never traps")
    func noise() {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        let parts = [
            "2026", "-", ":", "T", "+", "Nov", " ", ",", "9", "00", "Z", "\u{0}", "é", "１", "99999999999999999999", ".",
        ]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                parts.randomElement(using: &generator)
            }.joined()
            if let found = Timestamp.any(text) {
                #expect((-9999...9999).contains(CivilTime(found).year), "seed \(generator.seed): \(text)")
            }
        }
    }
}

extension Int64 {
    fileprivate func remainder(_ divisor: Int64) -> Int64 { self % divisor }
}
