import Core
import Templates

/// Why a trend is where it is, in sentences: score, speed, and what is expected next.
struct TrendReasons: Templated {
    let score: ScoreChip
    let title: String
    let isKnown: Bool
    let velocity: String
    let rising: String

    /// `score` is the trend's, as its card shows it.
    init(_ trend: TrendScore, score: ScoreChip) {
        self.score = score
        isKnown = trend.outlier.ratio != nil
        title = TrendReasons.title(trend.outlier.ratio)
        velocity = trend.velocity?.sentence ?? "Not known: that takes two sightings with the same number."
        rising = TrendReasons.expectation(trend)
    }

    private static func title(_ ratio: Double?) -> String {
        guard let ratio else { return "No score yet" }
        if ratio >= 10 { return "Far above its peers" }
        if ratio >= 5 { return "Well above its peers" }
        if ratio >= 1.5 { return "Above its peers" }
        return ratio >= 0.67 ? "Like its peers" : "Below its peers"
    }

    private static func expectation(_ trend: TrendScore) -> String {
        guard let rising = trend.rising else { return "Not known yet." }
        let noun = trend.velocity?.measure.rawValue ?? "views"
        let gain = Int64(max(0, rising).rounded())
        return gain == 0 ? "No more \(noun) expected." : "About \(Figures.abbreviated(gain)) more \(noun) expected."
    }

    static var fields: Fields<TrendReasons> {
        Fields {
            Field.one("score") { $0.score }
            Field.text("title") { $0.title }
            Field.flag("isKnown") { $0.isKnown }
            Field.text("velocity") { $0.velocity }
            Field.text("rising") { $0.rising }
        }
    }
}
