import Core
import TestSupport
import Testing

@Suite("Schedule")
struct CronScheduleTests {
    private static func instant(_ text: String) -> Instant? {
        let numbers = text.split { "-T:".contains($0) }.compactMap { Int($0) }
        guard numbers.count == 5 else { return nil }
        return CivilTime(
            year: Int64(numbers[0]), month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4]
        ).instant
    }

    @Test(
        "fires next at",
        arguments: [
            ("0 */4 * * *", "2026-11-24T14:05", "2026-11-24T16:00"),
            ("0 */4 * * *", "2026-11-24T20:00", "2026-11-25T00:00"),
            ("0 0 1 * *", "2026-12-01T00:00", "2027-01-01T00:00"),
            ("30 4 1,15 * 5", "2026-11-24T00:00", "2026-11-27T04:30"),
            ("30 4 1,15 * 5", "2026-11-27T04:30", "2026-12-01T04:30"),
            ("30 4 1,15 * 5", "2026-12-11T04:30", "2026-12-15T04:30"),
            ("0 0 29 2 *", "2026-11-24T00:00", "2028-02-29T00:00"),
            ("0 0 29 2 *", "2096-02-29T00:00", "2104-02-29T00:00"),
            ("*/15 9-17 * * MON-FRI", "2026-11-27T17:45", "2026-11-30T09:00"),
            ("*/15 9-17 * * mon-fri", "2026-11-24T09:00", "2026-11-24T09:15"),
            ("0 0 * * 7", "2026-11-24T00:00", "2026-11-29T00:00"),
            ("0 0 * * 0", "2026-11-24T00:00", "2026-11-29T00:00"),
            ("0 0 * * 5-7", "2026-11-28T00:00", "2026-11-29T00:00"),
            ("0 0 * * SAT,SUN", "2026-11-24T00:00", "2026-11-28T00:00"),
            ("*/40 * * * *", "2026-11-24T10:00", "2026-11-24T10:40"),
            ("*/40 * * * *", "2026-11-24T10:40", "2026-11-24T11:00"),
            ("10-30/10 0 * * *", "2026-11-24T00:10", "2026-11-24T00:20"),
            ("5/20 * * * *", "2026-11-24T10:30", "2026-11-24T10:45"),
            ("0 0 31 * *", "2026-11-24T00:00", "2026-12-31T00:00"),
            ("0 0 1 JAN,jul *", "2026-11-24T00:00", "2027-01-01T00:00"),
            ("59 23 31 12 *", "2026-12-31T23:59", "2027-12-31T23:59"),
            ("@hourly", "2026-11-24T14:05", "2026-11-24T15:00"), ("@daily", "2026-11-24T14:05", "2026-11-25T00:00"),
            ("@midnight", "2026-11-24T14:05", "2026-11-25T00:00"), ("@weekly", "2026-11-24T14:05", "2026-11-29T00:00"),
            ("@Monthly", "2026-11-24T14:05", "2026-12-01T00:00"), ("@yearly", "2026-11-24T14:05", "2027-01-01T00:00"),
            ("@annually", "2026-11-24T14:05", "2027-01-01T00:00"),
            ("  07\t08  *  * * ", "2026-11-24T08:07", "2026-11-25T08:07"),
            // Both day fields restricted: either. One of them starting with a star: both.
            ("0 0 13 * 5", "2026-11-07T00:00", "2026-11-13T00:00"),
            ("0 0 13 * 5", "2026-11-13T00:00", "2026-11-20T00:00"),
            ("0 0 13 * */5", "2026-11-13T00:00", "2026-12-13T00:00"),
            ("0 0 */2 * 5", "2026-11-24T00:00", "2026-11-27T00:00"),
            ("0 0 */2 * 5", "2026-11-27T00:00", "2026-12-11T00:00"),
            // A leap day that is a Sunday comes every 28 years, and 40 years apart around 2100.
            ("0 0 29 2 */7", "2026-11-24T00:00", "2032-02-29T00:00"),
            ("0 0 29 2 */7", "2088-02-29T00:00", "2128-02-29T00:00"),
        ])
    func next(expression: String, after: String, expected: String) throws {
        let schedule = try CronSchedule(expression)
        let next = schedule.next(after: try #require(Self.instant(after)))

        #expect(next == Self.instant(expected))
        #expect(next.flatMap(schedule.latest(notAfter:)) == next)
    }

    @Test("is never due on days that do not exist", arguments: ["0 0 31 2 *", "0 0 30 FEB *", "0 0 31 4,6,9,11 *"])
    func never(expression: String) throws {
        let schedule = try CronSchedule(expression)

        #expect(schedule.next(after: Instant(seconds: 1_800_000_000)) == nil)
        #expect(schedule.latest(notAfter: Instant(seconds: 1_800_000_000)) == nil)
    }

    @Test(
        "is refused with the field and the rule",
        arguments: [
            ("", "5 fields"), ("* * * *", "not 4"), ("* * * * * *", "not 6"), ("0 0 12 ? * MON *", "not 7"),
            ("60 * * * *", "minute must hold numbers 0–59, not 60"), ("* 24 * * *", "hour must"),
            ("* * 0 * *", "day of month must"), ("* * * 13 *", "month must"), ("* * * * 8", "day of week must"),
            ("5-1 * * * *", "runs backwards in 5-1"), ("* * * * FRI-MON", "runs backwards"),
            ("* 22-2 * * *", "runs backwards"), ("*/0 * * * *", "step that is not 1–60: 0"),
            ("*/61 * * * *", "step that is not"), ("1- * * * *", "not nothing"), (", * * * *", "beside a comma"),
            ("1,,2 * * * *", "beside a comma"), ("a * * * *", "not a"), ("-1 * * * *", "not nothing"),
            ("1--2 * * * *", "not -2"), ("99999999999999999999 * * * *", "numbers 0–59"), ("+5 * * * *", "not +5"),
            ("1/2/3 * * * *", "step that is not"), ("*/ * * * *", "nothing"), ("*-5 * * * *", "not *"),
            ("1.5 * * * *", "not 1.5"), ("٣ * * * *", "numbers 0–59"), ("0 0 L * *", "Quartz"),
            ("0 0 15W * *", "Quartz"),
            ("0 0 * * 5#2", "Quartz"), ("0 0 ? * MON", "Quartz"), ("0 0 * * 5L", "Quartz"), ("* * * MONDAY *", "month"),
            ("@reboot", "knows no @reboot"), ("@daily 5", "knows no @daily 5"), ("@", "knows no @"),
        ])
    func refused(expression: String, part: String) {
        let error = #expect(throws: ValidationError.self) { try CronSchedule(expression) }

        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test("finds the same moments as a look at every minute", arguments: 0..<8)
    func everyMinute(run: Int) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var numbers = RandomSchedules(generator: SeededGenerator(seed: seed))
        for _ in 0..<12 {
            let (text, fields) = numbers.schedule()
            let start = Instant(seconds: 1_790_000_000 + Int64.random(in: 0...40_000_000, using: &numbers.generator))
            let schedule = try CronSchedule(text)
            let minutes = (1...20_000).lazy.map { Instant(seconds: (start.milliseconds / 60_000 + $0) * 60) }
            let expected = minutes.first { fields.match($0) }
            let found = schedule.next(after: start)
            #expect(expected == nil || found == expected, "\(text) after \(start), seed \(seed)")
            #expect(found.map { $0 > start } ?? true, "\(text) after \(start), seed \(seed)")
        }
    }
}

/// Chooses schedules and says by the definition whether a minute belongs to one.
private struct RandomSchedules {
    var generator: SeededGenerator

    struct Fields {
        var sets: [Set<Int>]
        var isOpen: [Bool]

        func match(_ instant: Instant) -> Bool {
            let time = CivilTime(instant)
            let weekday = Int((instant.day + 4) % 7)
            let byDay = sets[2].contains(time.day)
            let byWeekday = sets[4].contains(weekday) || weekday == 0 && sets[4].contains(7)
            let isDay = isOpen[2] || isOpen[4] ? byDay && byWeekday : byDay || byWeekday
            return isDay && sets[0].contains(time.minute) && sets[1].contains(time.hour) && sets[3].contains(time.month)
        }
    }

    mutating func schedule() -> (text: String, Fields) {
        var fields = Fields(sets: [], isOpen: [])
        var texts: [String] = []
        for range in [0...59, 0...23, 1...31, 1...12, 0...7] {
            let (text, set) = field(range)
            texts.append(text)
            fields.sets.append(set)
            fields.isOpen.append(text.hasPrefix("*"))
        }
        return (texts.joined(separator: " "), fields)
    }

    private mutating func field(_ range: ClosedRange<Int>) -> (String, Set<Int>) {
        let step = Int.random(in: 1...range.count / 2, using: &generator)
        let first = Int.random(in: range, using: &generator)
        let last = Int.random(in: first...range.upperBound, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return ("*", Set(range))
        case 1: return ("*/\(step)", Set(stride(from: range.lowerBound, through: range.upperBound, by: step)))
        case 2: return ("\(first)-\(last)/\(step)", Set(stride(from: first, through: last, by: step)))
        default: return ("\(first),\(last)", [first, last])
        }
    }
}
