import Core
import Foundation
import TestSupport
import Testing

@Suite("Civil time")
struct CivilTimeTests {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        return calendar
    }()

    @Test("Dates are those of Foundation's calendar, from 1600 to 9999", arguments: 1...8 as ClosedRange<UInt64>)
    func foundation(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let parts: Set<Calendar.Component> = [.year, .month, .day, .hour, .minute, .second]
        for _ in 0..<250 {
            let seconds = Int64.random(in: -11_676_096_000...253_402_300_799, using: &random)
            let date = Date(timeIntervalSince1970: Double(seconds))
            let expected = Self.calendar.dateComponents(parts, from: date)

            let time = CivilTime(Instant(seconds: seconds))

            let same =
                Int(time.year) == expected.year && time.month == expected.month && time.day == expected.day
                && time.hour == expected.hour && time.minute == expected.minute && time.second == expected.second
            #expect(same, "seed \(seed): \(seconds) is \(time)")
        }
    }

    @Test("Every day of the calendar follows the day before, across four centuries and year 0")
    func everyDay() {
        var day = CivilTime(year: -200, month: 1, day: 1).instant
        var time = CivilTime(day)
        for _ in 0..<146_097 + 1000 {
            let next = CivilTime(day.adding(hours: 24))
            let isNextDay = next.month == time.month && next.day == time.day + 1
            let isNextMonth =
                next.day == 1 && time.day >= 28 && (next.month == time.month + 1 || (next.month, time.month) == (1, 12))
            guard isNextDay || isNextMonth, next.isValid, next.instant == day.adding(hours: 24) else {
                Issue.record("\(time) is followed by \(next)")
                return
            }
            (day, time) = (day.adding(hours: 24), next)
        }
    }

    @Test("An instant is read back to the millisecond, before 1970 too", arguments: 1...4 as ClosedRange<UInt64>)
    func roundTrip(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let instant = Instant(milliseconds: .random(in: -300_000_000_000_000...300_000_000_000_000, using: &random))
            let time = CivilTime(instant)
            #expect(time.instant == instant, "seed \(seed): \(instant.milliseconds)")
            #expect((0...999).contains(time.millisecond) && (0...59).contains(time.second), "seed \(seed)")
        }
    }

    @Test("The millisecond before 1970 is the last of 1969")
    func beforeEpoch() {
        let time = CivilTime(Instant(milliseconds: -1))
        #expect(time == CivilTime(year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59, millisecond: 999))
    }

    @Test(
        "The 29th of February is there every four years, but for three centuries in four",
        arguments: [
            (2024, true), (2023, false), (1900, false), (2000, true), (2100, false), (0, true), (-4, true),
            (-100, false),
        ] as [(Int64, Bool)])
    func leapYears(_ year: Int64, _ isLeap: Bool) {
        #expect(CivilTime(year: year, month: 2, day: 29).isValid == isLeap)
        #expect(CivilTime(CivilTime(year: year, month: 2, day: 28).instant.adding(hours: 24)).month == (isLeap ? 2 : 3))
    }

    @Test(
        "What no clock or calendar shows is not valid",
        arguments: [
            CivilTime(year: 2026, month: 0, day: 1), CivilTime(year: 2026, month: 13, day: 1),
            CivilTime(year: 2026, month: 4, day: 31), CivilTime(year: 2026, month: 1, day: 0),
            CivilTime(year: 2026, month: 1, day: 32), CivilTime(year: 2026, month: 1, day: 1, hour: 24),
            CivilTime(year: 2026, month: 1, day: 1, minute: 60), CivilTime(year: 2026, month: 1, day: 1, second: 60),
            CivilTime(year: 2026, month: 1, day: 1, millisecond: 1000), CivilTime(year: 10_000, month: 1, day: 1),
            CivilTime(year: -10_000, month: 1, day: 1), CivilTime(year: 2026, month: 1, day: 1, hour: -1),
        ])
    func invalid(_ time: CivilTime) {
        #expect(!time.isValid)
    }
}

@Suite("Instant")
struct InstantTests {
    @Test(
        "Hours and days begin at their beginning, before 1970 too",
        arguments: [
            (0, 0, 0), (3_599_999, 0, 0), (3_600_000, 3_600_000, 0), (-1, -3_600_000, -1), (-3_600_000, -3_600_000, -1),
            (-3_600_001, -7_200_000, -1), (86_399_999, 82_800_000, 0), (86_400_000, 86_400_000, 1),
            (-86_400_001, -90_000_000, -2),
        ] as [(Int64, Int64, Int64)])
    func rounding(_ milliseconds: Int64, _ hour: Int64, _ day: Int64) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.roundedDownToHour.milliseconds == hour)
        #expect(instant.day == day)
    }

    @Test("Adding hours and counting them are each other's inverse")
    func hours() {
        let start = Instant(seconds: 1_700_000_000)
        #expect(start.adding(hours: 1.5).hours(since: start) == 1.5)
        #expect(start.hours(since: start.adding(hours: 36)) == -36)
        #expect(start.adding(seconds: -90).milliseconds == start.milliseconds - 90_000)
        #expect(start < start.adding(seconds: 1) && start.roundedDownToHour <= start)
    }

    @Test("It is one integer wherever it is written")
    func coding() throws {
        let text = String(decoding: try JSONEncoder().encode([Instant(milliseconds: -5)]), as: UTF8.self)
        #expect(text == "[-5]")
        #expect(try JSONDecoder().decode([Instant].self, from: Data(text.utf8)) == [Instant(milliseconds: -5)])
    }
}
