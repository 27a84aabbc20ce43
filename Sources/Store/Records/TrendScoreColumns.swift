import Core
import SQL

/// A trend's score in columns of its own, so that lists read it without parsing and queries can order by it.
enum TrendScoreColumns {
    static let list: Query = """
        trends.velocity_measure, trends.velocity_per_hour, trends.velocity_acceleration, trends.velocity_from,
        trends.velocity_to, trends.outlier_ratio, trends.outlier_value, trends.outlier_measure,
        trends.outlier_age_hours, trends.outlier_median, trends.outlier_peers, trends.outlier_cohort,
        trends.outlier_noun, trends.outlier_reason, trends.rising
        """
    static let count = 15

    static func assignments(_ score: TrendScore) -> Query {
        let velocity = score.velocity
        var (ratio, basis, reason): (Double?, OutlierBasis?, String?)
        switch score.outlier {
        case .known(let known, let of): (ratio, basis) = (known, of)
        case .notEnoughData(let why): reason = why
        }
        return """
            velocity_measure = \(velocity?.measure.rawValue), velocity_per_hour = \(velocity?.perHour),
            velocity_acceleration = \(velocity?.acceleration), velocity_from = \(velocity?.from),
            velocity_to = \(velocity?.to), outlier_ratio = \(ratio), outlier_value = \(basis?.value),
            outlier_measure = \(basis?.measure.rawValue), outlier_age_hours = \(basis?.ageHours),
            outlier_median = \(basis?.median), outlier_peers = \(basis?.peers),
            outlier_cohort = \(basis.map { cohortText($0.cohort) }), outlier_noun = \(basis?.noun),
            outlier_reason = \(reason), rising = \(score.rising)
            """
    }

    static func read(_ row: Row, from first: Int) -> TrendScore {
        TrendScore(
            velocity: velocity(row, from: first), outlier: outlier(row, from: first + 5),
            rising: row.optionalReal(first + 14))
    }

    private static func velocity(_ row: Row, from first: Int) -> Velocity? {
        guard let measure = row.optionalText(first).flatMap(Measure.init(rawValue:)) else { return nil }
        return Velocity(
            measure: measure, perHour: row.real(first + 1), acceleration: row.optionalReal(first + 2),
            from: row.instant(first + 3), to: row.instant(first + 4))
    }

    private static func outlier(_ row: Row, from first: Int) -> Outlier {
        guard let ratio = row.optionalReal(first) else {
            return .notEnoughData(reason: row.optionalText(first + 8) ?? "")
        }
        let basis = OutlierBasis(
            value: row.integer(first + 1), measure: row.value(first + 2, or: .views), ageHours: row.real(first + 3),
            median: row.real(first + 4), peers: Int(row.integer(first + 5)), cohort: cohort(row.text(first + 6)),
            noun: row.text(first + 7))
        return .known(ratio: ratio, basis)
    }

    /// `author`, or `watchlist:` and its name.
    static func cohortText(_ cohort: OutlierBasis.Cohort) -> String {
        switch cohort {
        case .author: "author"
        case .watchlist(let name): "watchlist:" + name
        }
    }

    private static func cohort(_ text: String) -> OutlierBasis.Cohort {
        text == "author" ? .author : .watchlist(String(text.dropFirst("watchlist:".count)))
    }
}
