import Core
import TestSupport
import Testing

@Suite("Usage periods")
struct UsagePeriodTests {
    private static func time(_ year: Int64, _ month: Int, _ day: Int, _ hour: Int = 0) -> Instant {
        CivilTime(year: year, month: month, day: day, hour: hour).instant
    }

    @Test(
        "Without a subscription it is the calendar month in UTC",
        arguments: [
            (time(2026, 11, 1), time(2026, 11, 1), time(2026, 12, 1)),
            (time(2026, 12, 31, 23), time(2026, 12, 1), time(2027, 1, 1)),
            (time(2024, 2, 29), time(2024, 2, 1), time(2024, 3, 1)),
        ])
    func months(now: Instant, start: Instant, end: Instant) {
        let period = UsagePeriod.current(at: now, subscription: nil)
        #expect(period == UsagePeriod(start: start, end: end))
    }

    /// A month begun on the 31st, a year, and seven days.
    private static let monthly = UsagePeriod(start: time(2026, 1, 31, 9), end: time(2026, 2, 28, 9))
    private static let yearly = UsagePeriod(start: time(2024, 2, 29), end: time(2025, 2, 28))
    private static let weekly = UsagePeriod(start: time(2026, 3, 1), end: time(2026, 3, 8))

    @Test(
        "With one it is the subscription's, repeated while news of the next is late",
        arguments: [
            (monthly, time(2026, 1, 31, 9), time(2026, 1, 31, 9), time(2026, 2, 28, 9)),
            (monthly, time(2026, 2, 28, 8), time(2026, 1, 31, 9), time(2026, 2, 28, 9)),
            (monthly, time(2026, 2, 28, 9), time(2026, 2, 28, 9), time(2026, 3, 31, 9)),
            (monthly, time(2026, 4, 30, 8), time(2026, 3, 31, 9), time(2026, 4, 30, 9)),
            (yearly, time(2025, 2, 28), time(2025, 2, 28), time(2026, 2, 28)),
            (yearly, time(2028, 2, 29), time(2028, 2, 29), time(2029, 2, 28)),
            (weekly, time(2026, 3, 15), time(2026, 3, 15), time(2026, 3, 22)),
            (weekly, time(2026, 2, 28), time(2026, 2, 1), time(2026, 3, 1)),
        ])
    func subscription(subscription: UsagePeriod?, now: Instant, start: Instant, end: Instant) {
        let period = UsagePeriod.current(at: now, subscription: subscription)
        #expect(period == UsagePeriod(start: start, end: end))
    }

    @Test("At every moment there is one period, and it holds the moment", arguments: [monthly, yearly, weekly])
    func everyMoment(subscription: UsagePeriod?) throws {
        var random = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        let first = try #require(subscription)
        for _ in 0..<500 {
            let now = first.start.adding(seconds: Int64.random(in: 0...400_000_000, using: &random))
            let period = UsagePeriod.current(at: now, subscription: first)
            let isWithin = period.start <= now && now < period.end
            #expect(isWithin, "seed \(random.seed), \(now.milliseconds)")
            let next = UsagePeriod.current(at: period.end, subscription: first)
            #expect(next.start == period.end, "seed \(random.seed), \(now.milliseconds)")
        }
    }

    @Test("A period that ends before it begins is none; an end within an hour counts to the hour's end for pages")
    func ends() throws {
        #expect(UsagePeriod(start: Self.time(2026, 1, 2), end: Self.time(2026, 1, 2)) == nil)
        let period = try #require(
            UsagePeriod(start: Self.time(2026, 1, 1), end: Self.time(2026, 1, 2).adding(seconds: 1)))
        #expect(period.endHour == Self.time(2026, 1, 2, 1))
        #expect(UsagePeriod.calendarMonth(containing: period.start).endHour == Self.time(2026, 2, 1))
    }

    @Test(
        "Months are added within their length",
        arguments: [(2026, 1, 31, 1, 2026, 2, 28), (2026, 1, 31, -11, 2025, 2, 28), (2023, 12, 30, 14, 2025, 2, 28)])
    func addition(
        year: Int64, month: Int, day: Int, months: Int64, thenYear: Int64, thenMonth: Int, thenDay: Int
    ) {
        let sum = CivilTime(year: year, month: month, day: day).adding(months: months)
        #expect(sum == CivilTime(year: thenYear, month: thenMonth, day: thenDay))
    }
}
