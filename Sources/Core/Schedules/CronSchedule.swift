/// When something happens again and again, in UTC: the five fields of cron (POSIX, with Vixie's names, steps and macros).
///
/// Where day of month and day of week are both restricted, a day matches when either does. As in Vixie's cron, a field
/// that starts with `*` (so `*/2` too) does not count as restricted: then both must match.
package struct CronSchedule: Sendable, Hashable, CustomStringConvertible {
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    /// Sunday is 0.
    private let weekdays: UInt64
    private let matchesEitherDay: Bool
    package let description: String

    /// `text` is five fields, or one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually.
    package init(_ text: String) throws(ValidationError) {
        let fields = try CronSchedule.fields(text)
        minutes = try CronField.minute.numbers(fields[0])
        hours = try CronField.hour.numbers(fields[1])
        days = try CronField.day.numbers(fields[2])
        months = try CronField.month.numbers(fields[3])
        let weekdays = try CronField.weekday.numbers(fields[4])
        self.weekdays = (weekdays | weekdays >> 7) & 0x7F
        matchesEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
        description = fields.joined(separator: " ")
    }

    private static let macros = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    private static func fields(_ text: String) throws(ValidationError) -> [Substring] {
        var fields = text.split { $0 == " " || $0 == "\t" }
        if let macro = fields.first, macro.hasPrefix("@") {
            guard fields.count == 1, let meaning = macros[macro.lowercased()] else {
                throw problem("knows no \(text); there are \(macros.keys.sorted().joined(separator: ", "))")
            }
            fields = meaning.split(separator: " ")
        }
        guard fields.count == 5 else {
            throw problem(
                "must have 5 fields (minute, hour, day of month, month, day of week; no seconds, no years), "
                    + "not \(fields.count)")
        }
        for field in fields.dropFirst(2) where isQuartz(field) {
            throw problem("must be written for cron, not for Quartz: ?, L, W and # are not known here (\(field))")
        }
        return fields
    }

    private static func isQuartz(_ field: Substring) -> Bool {
        field.contains { $0 == "?" || $0 == "#" } || field.uppercased().wholeMatch(of: /L|LW|\d+[LW]|L-\d+/) != nil
    }

    private static func problem(_ rule: String) -> ValidationError {
        ValidationError(field: "the schedule", rule: rule)
    }
}

// MARK: Search

extension CronSchedule {
    /// After so many days without a match there is none at all: 29 February falls on each weekday within 40 years.
    private static let horizon: Int64 = 40 * 366

    /// The first moment after `instant`; `nil` when there is none, as for 30 February.
    package func next(after instant: Instant) -> Instant? {
        let minute = instant.minute + 1
        let today = CronSchedule.day(of: minute)
        if matches(today), let time = times(from: minute - today * 1440).first { return at(today, time) }
        let day = (today + 1...today + CronSchedule.horizon).first(where: matches)
        return day.flatMap { day in times().first.map { at(day, $0) } }
    }

    /// The last moment that is not after `instant`; `nil` when there is none.
    package func latest(notAfter instant: Instant) -> Instant? {
        let today = CronSchedule.day(of: instant.minute)
        if matches(today), let time = times(upTo: instant.minute - today * 1440).last { return at(today, time) }
        let day = (today - CronSchedule.horizon...today - 1).last(where: matches)
        return day.flatMap { day in times().last.map { at(day, $0) } }
    }

    private static func day(of minute: Int64) -> Int64 { Instant(seconds: minute * 60).day }

    private func at(_ day: Int64, _ minute: Int64) -> Instant { Instant(seconds: (day * 1440 + minute) * 60) }

    /// Minutes of the day, in order.
    private func times(
        from first: Int64 = 0, upTo last: Int64 = 1439
    ) -> LazyFilterSequence<ClosedRange<Int64>> {
        (first...last).lazy.filter { hours >> ($0 / 60) & 1 == 1 && minutes >> ($0 % 60) & 1 == 1 }
    }

    /// `day` counts from 1970-01-01, which was a Thursday.
    private func matches(_ day: Int64) -> Bool {
        let date = CivilTime(Instant(seconds: day * 86_400))
        guard months >> date.month & 1 == 1 else { return false }
        let weekday = ((day + 4) % 7 + 7) % 7
        let (byDay, byWeekday) = (days >> date.day & 1 == 1, weekdays >> weekday & 1 == 1)
        return matchesEitherDay ? byDay || byWeekday : byDay && byWeekday
    }
}

extension Instant {
    /// Whole minutes since 1970.
    fileprivate var minute: Int64 { (milliseconds - (milliseconds % 60_000 + 60_000) % 60_000) / 60_000 }
}
