import Core

/// What a post gained between its snapshots, in the one measure that its history has most of.
struct GainSeries: Sendable {
    struct Interval: Sendable {
        let from: Instant
        let to: Instant
        let gained: Int64

        var hours: Double { to.hours(since: from) }
        /// Gained per day, so that intervals of different length compare.
        var rate: Double { Double(gained) / hours * 24 }
        /// The rate as a whole number, the nearest there is: a second between sightings may make it any size.
        var wholeRate: Int64 { GainSeries.whole(rate) }
    }

    let measure: Measure
    let intervals: [Interval]

    /// Views when two snapshots know them, else likes. A snapshot without the measure is left out, not read as 0.
    init(_ history: [Snapshot]) {
        let views = GainSeries.intervals(history) { $0.views }
        measure = views.isEmpty ? .likes : .views
        intervals = views.isEmpty ? GainSeries.intervals(history) { $0.likes } : views
    }

    private static func intervals(_ history: [Snapshot], _ count: (Counts) -> Int64?) -> [Interval] {
        var intervals: [Interval] = []
        var previous: (at: Instant, value: Int64)?
        for snapshot in history {
            guard let value = count(snapshot.counts) else { continue }
            if let previous, previous.at < snapshot.observedAt {
                let gained = value - previous.value
                intervals.append(Interval(from: previous.at, to: snapshot.observedAt, gained: gained))
            }
            previous = (snapshot.observedAt, value)
        }
        return intervals
    }

    private static func whole(_ rate: Double) -> Int64 {
        guard rate.magnitude < 9e18 else { return rate < 0 ? .min : .max }
        return Int64(rate.rounded())
    }

    enum Trend: String, Sendable {
        case up, down
        /// Cooling, or too little to tell.
        case flat = ""
    }

    /// Up while the latest gain is at least nine tenths of the one before, down when numbers were lost.
    var trend: Trend {
        guard let last = intervals.last else { return .flat }
        if last.gained < 0 { return .down }
        guard intervals.count > 1, last.gained > 0 else { return .flat }
        return last.rate >= intervals[intervals.count - 2].rate * 0.9 ? .up : .flat
    }
}
