import Core
import Templates

/// A score as pages show it: a chip in one of four tones, and the sentence that is its reason.
struct ScoreChip: Templated, Sendable {
    let chip: String
    /// A class name: "tn" without a score, "t0" (ordinary) to "t3" (ten times and more) with one.
    let tone: String
    let sentence: String

    init(_ outlier: Outlier) {
        sentence = outlier.shownSentence
        guard let ratio = outlier.ratio else {
            (chip, tone) = ("no score", "tn")
            return
        }
        chip = Figures.ratio(ratio)
        tone = ratio >= 10 ? "t3" : ratio >= 5 ? "t2" : ratio >= 1.5 ? "t1" : "t0"
    }

    static var fields: Fields<ScoreChip> {
        Fields {
            Field.text("chip") { $0.chip }
            Field.text("tone") { $0.tone }
            Field.text("sentence") { $0.sentence }
        }
    }
}
