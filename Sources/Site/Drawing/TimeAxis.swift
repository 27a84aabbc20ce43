import Core

/// Instants as places from 0 to 1000, and the evenly spaced days to print below.
struct TimeAxis: Sendable {
    private let from: Instant
    private let to: Instant

    init(from: Instant, to: Instant) {
        (self.from, self.to) = (from, to)
    }

    func place(_ instant: Instant) -> Int {
        let span = to.hours(since: from)
        return span > 0 ? Int((1000 * instant.hours(since: from) / span).rounded()) : 0
    }

    /// Two or three dates at even distances: with the time of day when they lie close, with the year when far apart.
    var days: [String] {
        let span = to.hours(since: from)
        let count = span >= 48 ? 3 : 2
        return (0..<count).map { index in
            let instant = from.adding(hours: span * Double(index) / Double(count - 1))
            let date = Figures.date(instant)
            guard span < 24 * 300 else { return date }
            let day = date.dropLast(5)
            return span < 36 ? "\(day), \(Figures.iso(instant).dropFirst(11).prefix(5))" : String(day)
        }
    }
}
