import Core

/// Times as sources write them.
package enum Timestamp {
    /// ISO 8601: `2026-11-24`, `2026-11-24T14:05:00.123Z`, `…+02:00`, a space for the T. No offset means UTC.
    package static func iso(_ text: String) -> Instant? {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2)
        else { return nil }
        var time = CivilTime(year: Int64(year), month: month, day: day)
        if reader.isAtEnd { return time.isValid ? time.instant : nil }
        guard reader.take("T") || reader.take(" "), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2)
        else { return nil }
        (time.hour, time.minute) = (hour, minute)
        if reader.take(":") {
            guard let second = reader.number(2) else { return nil }
            time.second = min(second, 59)
            if reader.take(".") { time.millisecond = reader.fraction() }
        }
        guard time.isValid, let offset = reader.offset(), reader.isAtEnd else { return nil }
        return time.instant.adding(seconds: -offset)
    }

    /// RFC 822 as feeds use it, `Wed, 02 Nov 2011 16:30:14 +0000` or `EST`, and X's `Sat Sep 13 18:06:27 +0000 2025`.
    /// A zone of another name means UTC.
    package static func named(_ text: String) -> Instant? {
        let words = text.split { $0 == " " || $0 == "," }.map(String.init)
        guard let monthPlace = words.firstIndex(where: { month($0) != nil }), let month = month(words[monthPlace]),
            let year = words.compactMap({ number($0, digits: 4...4) }).first,
            let day = words.compactMap({ number($0, digits: 1...2) }).first,
            let clock = words.first(where: { $0.contains(":") }).flatMap(clock)
        else { return nil }
        let time = CivilTime(
            year: Int64(year), month: month, day: day, hour: clock[0], minute: clock[1], second: min(clock[2], 59))
        guard time.isValid, let offset = offset(among: words) else { return nil }
        return time.instant.adding(seconds: -offset)
    }

    private static func number(_ word: some StringProtocol, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(word.utf8.count), word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(word)
    }

    /// Hours, minutes and seconds of `16:30:14` or `16:30`.
    private static func clock(_ word: String) -> [Int]? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0, digits: 1...2) }
        guard (2...3).contains(parts.count), numbers.count == parts.count else { return nil }
        return numbers.count == 3 ? numbers : numbers + [0]
    }

    private static func offset(among words: [String]) -> Int64? {
        if let zone = words.first(where: { $0.hasPrefix("+") || $0.hasPrefix("-") }) {
            var reader = DigitReader(zone)
            guard let offset = reader.offset(), reader.isAtEnd else { return nil }
            return offset
        }
        let hours: [String: Int64] = [
            "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
        ]
        return words.compactMap { hours[$0] }.first.map { $0 * 3600 } ?? 0
    }

    /// Seconds or milliseconds since 1970; anything from 1973 to 2286 is told apart by its size, other numbers are no time.
    package static func epoch(_ value: Double) -> Instant? {
        guard value >= 1e8, value < 1e13 else { return nil }
        return value < 1e10 ? Instant(milliseconds: Int64(value * 1000)) : Instant(milliseconds: Int64(value))
    }

    /// Whichever of these forms the text has.
    package static func any(_ text: String) -> Instant? {
        iso(text) ?? named(text) ?? Double(text).flatMap(epoch)
    }

    private static func month(_ word: String) -> Int? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return names.firstIndex(of: String(word.prefix(3)).lowercased()).map { $0 + 1 }
    }
}

/// Reads digits and marks from the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest.removeFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Milliseconds of a decimal fraction of a second.
    mutating func fraction() -> Int {
        var (value, scale) = (0, 100)
        while let digit = number(1) {
            value += digit * scale
            scale /= 10
        }
        return value
    }

    /// Seconds east of UTC: `Z`, `+02:00`, `-0500`; 0 at the end.
    mutating func offset() -> Int64? {
        if isAtEnd || take("Z") { return 0 }
        let sign: Int64 = take("+") ? 1 : -1
        guard sign == 1 || take("-"), let hours = number(2), hours < 24 else { return nil }
        _ = take(":")
        return sign * Int64(hours * 3600 + (number(2) ?? 0) * 60)
    }
}
