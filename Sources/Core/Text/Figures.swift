/// Numbers and times as people read them: the same on every machine, whatever its locale and time zone.
package enum Figures {
    /// Three digits of a count at most: "999", "1.2k", "410k", "47.1M", "3.4B".
    package static func abbreviated(_ value: Int64) -> String {
        let magnitude = value.magnitude
        let sign = value < 0 ? "-" : ""
        guard magnitude >= 1000 else { return sign + String(magnitude) }
        let units: [(size: UInt64, suffix: String)] = [(1000, "k"), (1_000_000, "M"), (1_000_000_000, "B")]
        // The first unit that needs no fourth digit: 999,500 is 1M, not 1,000k.
        let unit = units.first { (magnitude + $0.size / 2) / $0.size < 1000 } ?? units[2]
        let tenths = (magnitude + unit.size / 20) / (unit.size / 10)
        guard tenths < 1000, tenths % 10 != 0 else {
            return "\(sign)\(exact(Int64((magnitude + unit.size / 2) / unit.size)))\(unit.suffix)"
        }
        return "\(sign)\(tenths / 10).\(tenths % 10)\(unit.suffix)"
    }

    /// All digits in groups of three: "410,312".
    package static func exact(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var text: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// With a sign, abbreviated: "+8.4M", "-120", "0".
    package static func signed(_ value: Int64) -> String {
        (value > 0 ? "+" : "") + abbreviated(value)
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
        let time = CivilTime(instant)
        return "\(time.day) \(months[time.month - 1]) \(time.year)"
    }

    /// "24 Nov 2026, 14:05 UTC".
    package static func dateTime(_ instant: Instant) -> String {
        let time = CivilTime(instant)
        return "\(date(instant)), \(two(Int64(time.hour))):\(two(Int64(time.minute))) UTC"
    }

    /// "2026-11-24T14:05:00Z".
    package static func iso(_ instant: Instant) -> String {
        let time = CivilTime(instant)
        let day = "\(four(time.year))-\(two(Int64(time.month)))-\(two(Int64(time.day)))"
        return "\(day)T\(two(Int64(time.hour))):\(two(Int64(time.minute))):\(two(Int64(time.second)))Z"
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func four(_ year: Int64) -> String {
        let text = String(year)
        return String(repeating: "0", count: max(0, 4 - text.utf8.count)) + text
    }
}
