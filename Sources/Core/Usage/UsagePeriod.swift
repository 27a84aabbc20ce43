/// The time within which a plan's limits are counted, from its start up to but not including its end.
///
/// Periods follow each other without gaps, so nothing is ever reset: the next one simply has another start.
package struct UsagePeriod: Sendable, Hashable {
    package let start: Instant
    package let end: Instant

    /// `nil` when it would end before it begins.
    package init?(start: Instant, end: Instant) {
        guard start < end else { return nil }
        (self.start, self.end) = (start, end)
    }

    private init(_ start: Instant, _ end: Instant) {
        (self.start, self.end) = (start, end)
    }

    /// What is held rather than used up counts here.
    package static let always = UsagePeriod(Instant(milliseconds: 0), Instant(milliseconds: .max))

    /// The month of the calendar, in UTC.
    package static func calendarMonth(containing now: Instant) -> UsagePeriod {
        let time = CivilTime(now)
        let start = CivilTime(year: time.year, month: time.month, day: 1)
        return UsagePeriod(start.instant, start.adding(months: 1).instant)
    }

    /// The period that counts at `now`: the calendar month without a subscription, else the subscription's. Once that is
    /// over, and until the news of the next one arrives, its own length goes on from where it ended: the same start that
    /// the news will bring, so that a late payment notice gives nothing away and takes nothing.
    package static func current(at now: Instant, subscription: UsagePeriod?) -> UsagePeriod {
        guard let subscription, now >= subscription.start else { return calendarMonth(containing: now) }
        return subscription.repeated(until: now)
    }

    /// The end, rounded up to a whole hour: pages know the time no better.
    package var endHour: Instant {
        let hour = end.roundedDownToHour
        return hour == end ? end : hour.adding(hours: 1)
    }

    private func repeated(until now: Instant) -> UsagePeriod {
        var turn = (now.milliseconds - start.milliseconds) / max(1, shortestTurn)
        while turn > 0, boundary(turn) > now { turn -= 1 }
        return UsagePeriod(boundary(turn), boundary(turn + 1))
    }

    /// The start of the period that comes `turn` periods after this one.
    private func boundary(_ turn: Int64) -> Instant {
        if let months = wholeMonths { return CivilTime(start).adding(months: months * turn).instant }
        return Instant(milliseconds: start.milliseconds + (end.milliseconds - start.milliseconds) * turn)
    }

    /// How many calendar months it lasts; `nil` when that is no whole number up to three years.
    private var wholeMonths: Int64? {
        let time = CivilTime(start)
        return (1...36).first { time.adding(months: $0).instant == end }
    }

    /// No period of this kind is shorter than this, in milliseconds.
    private var shortestTurn: Int64 {
        wholeMonths.map { $0 * 28 * 86_400_000 } ?? end.milliseconds - start.milliseconds
    }
}

extension CivilTime {
    /// The same day and time so many months later; where that month is shorter, its last day.
    package func adding(months: Int64) -> CivilTime {
        let index = year * 12 + Int64(month) - 1 + months
        var time = self
        time.year = index >= 0 ? index / 12 : (index - 11) / 12
        time.month = Int(index - time.year * 12) + 1
        time.day = min(day, CivilTime.days(in: time.month, of: time.year))
        return time
    }
}
