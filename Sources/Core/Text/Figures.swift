/// Numbers and times as people read them: the same on every machine, whatever its locale and time zone.
package enum Figures {
    /// Three digits of a count at most: "999", "1.2k", "410k", "47.1M", "3.4B".
    package static func abbreviated(_ value: Int64) -> String {
        ASCIIWriter.text(capacity: 16) { $0.add(abbreviated: value) }
    }

    /// All digits in groups of three: "410,312".
    package static func exact(_ value: Int64) -> String {
        ASCIIWriter.text(capacity: 28) { text in
            if value < 0 { text.add(UInt8(ascii: "-")) }
            text.add(value.magnitude, grouped: true)
        }
    }

    /// With a sign, abbreviated: "+8.4M", "-120", "0".
    package static func signed(_ value: Int64) -> String {
        ASCIIWriter.text(capacity: 17) { text in
            if value > 0 { text.add(UInt8(ascii: "+")) }
            text.add(abbreviated: value)
        }
    }

    /// A ratio of two digits: "8.2x", "83x", "0.4x".
    package static func ratio(_ value: Double) -> String {
        guard value.isFinite, value < 1e15 else { return "–" }
        guard value < 9.95 else { return abbreviated(Int64(value.rounded())) + "x" }
        let tenths = Int64((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)x"
    }

    /// A count with its noun: "1 video", "9 videos".
    package static func plural(_ count: Int, _ noun: String) -> String {
        "\(exact(Int64(count))) \(noun)\(count == 1 ? "" : "s")"
    }

    // MARK: Times

    /// "45 min", "36 h" below three days, "4 d" below three weeks, then "3 wk", "5 mo", "2 y".
    package static func age(hours: Double) -> String {
        let hours = max(0, hours.isFinite ? hours : 0)
        func whole(_ value: Double) -> String { String(Int64(value.rounded(.down))) }
        if hours < 1 { return whole(hours * 60) + " min" }
        if hours < 72 { return whole(hours) + " h" }
        let days = hours / 24
        if days < 21 { return whole(days) + " d" }
        if days < 91 { return whole(days / 7) + " wk" }
        return days < 730 ? whole(days / 30.44) + " mo" : whole(days / 365.25) + " y"
    }

    /// A length: "0:42", "5:10", "1:02:03".
    package static func clock(seconds: Int64) -> String {
        let seconds = max(0, seconds)
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }

    /// "24 Nov 2026", in UTC.
    package static func date(_ instant: Instant) -> String {
        ASCIIWriter.text(capacity: 28) { $0.add(date: CivilTime(instant)) }
    }

    /// "24 Nov" in the year of `reference`, else with its year.
    package static func date(_ instant: Instant, near reference: Instant) -> String {
        let time = CivilTime(instant)
        return ASCIIWriter.text(capacity: 28) { text in
            if time.year == CivilTime(reference).year { text.add(day: time) } else { text.add(date: time) }
        }
    }

    /// "24 Nov 2026, 14:05 UTC".
    package static func dateTime(_ instant: Instant) -> String {
        let time = CivilTime(instant)
        return ASCIIWriter.text(capacity: 40) { text in
            text.add(date: time)
            text.add(", ")
            text.add(time.hour, width: 2)
            text.add(":")
            text.add(time.minute, width: 2)
            text.add(" UTC")
        }
    }

    /// "2026-11-24T14:05:00Z".
    package static func iso(_ instant: Instant) -> String {
        let time = CivilTime(instant)
        return ASCIIWriter.text(capacity: 36) { text in
            text.add(year: time.year, width: 4)
            for (mark, part) in [("-", time.month), ("-", time.day), ("T", time.hour)] as [(StaticString, Int)] {
                text.add(mark)
                text.add(part, width: 2)
            }
            for part in [time.minute, time.second] {
                text.add(":")
                text.add(part, width: 2)
            }
            text.add("Z")
        }
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension ASCIIWriter {
    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    fileprivate mutating func add(day time: CivilTime) {
        add(time.day)
        add(" ")
        add(ASCIIWriter.months[time.month - 1])
    }

    fileprivate mutating func add(date time: CivilTime) {
        add(day: time)
        add(" ")
        add(year: time.year)
    }

    fileprivate mutating func add(abbreviated value: Int64) {
        if value < 0 { add(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        switch magnitude {
        case ..<1000: add(magnitude)
        // The first unit that needs no fourth digit: 999,500 is 1M, not 1,000k.
        case ..<999_500: add(magnitude, in: 1000, "k")
        case ..<999_500_000: add(magnitude, in: 1_000_000, "M")
        default: add(magnitude, in: 1_000_000_000, "B")
        }
    }

    private mutating func add(_ magnitude: UInt64, in unit: UInt64, _ suffix: StaticString) {
        let tenths = (magnitude + unit / 20) / (unit / 10)
        if tenths < 1000, tenths % 10 != 0 {
            add(tenths / 10)
            add(".")
            add(tenths % 10)
        } else {
            add((magnitude + unit / 2) / unit, grouped: true)
        }
        add(suffix)
    }
}
