import Core
import Templates

/// What a post gained lately: the sparkline, the latest gain, and over how long.
struct Pulse: Templated {
    let spark: SafeHTML
    let gain: String
    let span: String
    /// A class name: "up", "down" or "" while it cools.
    let tone: String

    /// Nil while there is no interval to speak of.
    init?(_ history: [Snapshot]) {
        let series = GainSeries(history)
        guard let last = series.intervals.last, let spark = Sparkline.draw(series) else { return nil }
        self.spark = spark
        gain = Figures.signed(last.gained)
        span = (series.measure == .likes ? "likes " : "") + "in \(Figures.age(hours: last.hours))"
        tone = series.trend.rawValue
    }

    static var fields: Fields<Pulse> {
        Fields {
            Field.html("spark") { $0.spark }
            Field.text("gain") { $0.gain }
            Field.text("span") { $0.span }
            Field.text("tone") { $0.tone }
        }
    }
}
