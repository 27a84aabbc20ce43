import Core

/// Made-up histories of posts that were published at `born`.
enum Histories {
    static let born = CivilTime(year: 2026, month: 11, day: 1).instant

    /// Views at ages in hours; nil is a sighting without the number.
    static func views(_ points: [(Double, Int64?)], id: String = "x", isDated: Bool = true) -> PostHistory {
        history(points.map { ($0.0, Counts(views: $0.1)) }, id: id, isDated: isDated)
    }

    static func likes(_ points: [(Double, Int64?)], id: String = "x") -> PostHistory {
        history(points.map { ($0.0, Counts(likes: $0.1)) }, id: id)
    }

    static func history(_ points: [(Double, Counts)], id: String = "x", isDated: Bool = true) -> PostHistory {
        PostHistory(
            id: id, publishedAt: isDated ? born : nil,
            snapshots: points.map { Snapshot(observedAt: born.adding(hours: $0.0), counts: $0.1) })
    }

    /// Posts that all had `values` views at one age, in turn.
    static func peers(_ values: [Int64], at hours: Double = 36, prefix: String = "p") -> [PostHistory] {
        values.enumerated().map { views([(hours, $1)], id: "\(prefix)\($0)") }
    }
}

extension PostHistory {
    func value(of measure: Measure, atAge age: Double) -> Double? {
        GrowthCurve(of: self, measure)?.value(atAge: age)
    }
}
