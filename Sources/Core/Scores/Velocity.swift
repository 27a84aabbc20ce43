/// How fast a post's number changes between snapshots; never a lifetime average.
package struct Velocity: Sendable, Hashable, Codable {
    package let measure: Measure
    /// Change per hour between the last two snapshots at least ten minutes apart; negative when the number fell.
    package let perHour: Double
    /// Change of `perHour` since the interval before, per hour; `nil` with only one interval.
    package let acceleration: Double?
    /// The interval of `perHour`.
    package let from: Instant
    package let to: Instant

    package init(measure: Measure, perHour: Double, acceleration: Double?, from: Instant, to: Instant) {
        (self.measure, self.perHour, self.acceleration) = (measure, perHour, acceleration)
        (self.from, self.to) = (from, to)
    }

    /// Shorter intervals say more about caches than about viewers.
    private static let shortestInterval = 1.0 / 6

    /// `nil` unless two known values lie at least ten minutes apart.
    package static func of(_ history: PostHistory) -> Velocity? {
        guard let measure = history.measure else { return nil }
        var points: [(at: Instant, value: Int64)] = []
        for point in history.values(of: measure).reversed()
        where points.last.map({ $0.at.hours(since: point.at) >= shortestInterval }) ?? true {
            points.append(point)
            if points.count == 3 { break }
        }
        guard points.count >= 2 else { return nil }
        let latest = rate(from: points[1], to: points[0])
        var acceleration: Double?
        if points.count == 3 {
            let earlier = rate(from: points[2], to: points[1])
            // Each rate belongs to the middle of its interval.
            acceleration = (latest - earlier) / (points[0].at.hours(since: points[2].at) / 2)
        }
        return Velocity(
            measure: measure, perHour: latest, acceleration: acceleration, from: points[1].at, to: points[0].at)
    }

    /// "+350k views a day, measured over 24 h, slowing down".
    package var sentence: String {
        let (amount, unit) = perHour.magnitude >= 100 ? (perHour, "an hour") : (perHour * 24, "a day")
        let span = Figures.age(hours: to.hours(since: from))
        return "\(Figures.signed(Int64(amount.rounded()))) \(measure.rawValue) \(unit), measured over \(span)\(trend)"
    }

    private var trend: String {
        guard let acceleration, perHour != 0 else { return "" }
        let change = acceleration * 24 / perHour.magnitude
        if change > 0.1 { return ", speeding up" }
        return change < -0.1 ? ", slowing down" : ", steady"
    }

    private static func rate(from earlier: (at: Instant, value: Int64), to later: (at: Instant, value: Int64)) -> Double
    {
        Double(later.value - earlier.value) / later.at.hours(since: earlier.at)
    }
}
