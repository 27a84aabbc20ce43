import Core
import Templates

/// A post's numbers over time: the running total above, what each interval gained per day below, on one time axis.
///
/// The drawings stretch to the width of the page and carry no words; marks and days stand beside them as HTML.
struct NumbersChart: Templated {
    let lines: SafeHTML
    let gains: SafeHTML
    /// Of the total, highest first.
    let marks: [String]
    let days: [String]
    /// What the tallest bar below stands for.
    let peak: String
    let measure: Measure

    /// Of a bar, which ends at the sighting that tells its gain.
    private static let widest = 90

    /// Nil when fewer than two snapshots know a measure.
    init?(_ history: [Snapshot]) {
        let series = GainSeries(history)
        guard let first = series.intervals.first, let last = series.intervals.last else { return nil }
        measure = series.measure
        let points = NumbersChart.points(history, series.measure)
        let values = points.map(\.value)
        let scale = Scale(values.min() ?? 0, values.max() ?? 0)
        let axis = TimeAxis(from: first.from, to: last.to)
        lines = NumbersChart.drawTotals(points, scale, axis, noun: series.measure.rawValue)
        gains = NumbersChart.drawGains(series, axis)
        marks = scale.values.map { Figures.abbreviated($0) }
        days = axis.days
        peak = Figures.signed(series.intervals.max { abs($0.rate) < abs($1.rate) }?.wholeRate ?? 0)
    }

    typealias Point = (at: Instant, value: Int64)

    private static func points(_ history: [Snapshot], _ measure: Measure) -> [Point] {
        history.compactMap { snapshot in
            (measure == .views ? snapshot.counts.views : snapshot.counts.likes).map { (snapshot.observedAt, $0) }
        }
    }

    private static func drawTotals(_ points: [Point], _ scale: Scale, _ axis: TimeAxis, noun: String) -> SafeHTML {
        let placed = points.map { (x: axis.place($0.at), y: Int((190 - 190 * scale.place($0.value)).rounded())) }
        let first = points[0], last = points[points.count - 1]
        var drawing = Drawing(reserving: 2048)
        drawing.add("<svg viewBox=\"0 0 1000 190\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
        drawing.add(figure: "\(Figures.exact(first.value)) \(noun) on \(Figures.date(first.at)), ")
        drawing.add(figure: "\(Figures.exact(last.value)) on \(Figures.date(last.at))")
        drawing.add("\"><path class=\"grid\" d=\"")
        for mark in 0..<scale.marks {
            drawing.add("M0 ", 190 * mark / (scale.marks - 1))
            drawing.add("H1000")
        }
        drawing.add("\"/><path class=\"area\" d=\"M", placed[0].x, 190)
        for point in placed { drawing.add("L", point.x, point.y) }
        drawing.add("L", placed[placed.count - 1].x, 190)
        drawing.add("z\"/><path class=\"line\" d=\"")
        for (index, point) in placed.enumerated() { drawing.add(index == 0 ? "M" : "L", point.x, point.y) }
        drawing.add("\"/><path class=\"dot\" d=\"")
        for point in placed {
            drawing.add("M", point.x, point.y)
            drawing.add("h0")
        }
        drawing.add("\"/>")
        addColumns(points, at: placed.map(\.x), noun, to: &drawing)
        drawing.add("</svg>")
        return drawing.html
    }

    /// Invisible columns that say their numbers when pointed at.
    private static func addColumns(_ points: [Point], at places: [Int], _ noun: String, to drawing: inout Drawing) {
        for (index, point) in points.enumerated() {
            drawing.add("<g><title>")
            drawing.add(figure: Figures.dateTime(point.at))
            drawing.add(": ")
            drawing.add(figure: Figures.exact(point.value))
            drawing.add(" ")
            drawing.add(figure: noun)
            let left = index == 0 ? 0 : (places[index - 1] + places[index]) / 2
            let right = index == points.count - 1 ? 1000 : (places[index] + places[index + 1]) / 2
            drawing.add("</title><path d=\"M", left, 0)
            drawing.add("H", right)
            drawing.add("V190H", left)
            drawing.add("z\"/></g>")
        }
    }

    private static func drawGains(_ series: GainSeries, _ axis: TimeAxis) -> SafeHTML {
        let intervals = series.intervals
        let top = max(intervals.reduce(1) { max($0, abs($1.rate)) }, 1)
        var drawing = Drawing(reserving: 1024)
        drawing.add("<svg viewBox=\"0 0 1000 54\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
        drawing.add("<path class=\"grid\" d=\"M0 54H1000\"/>")
        for (index, interval) in intervals.enumerated() {
            let height = max(1, Int((53 * abs(interval.rate) / top).rounded()))
            let right = axis.place(interval.to)
            let left = max(axis.place(interval.from) + 3, right - widest)
            drawing.add("<path class=\"gain")
            if interval.gained < 0 {
                drawing.add(" down")
            } else if index == intervals.count - 1 {
                drawing.add(" last ")
                drawing.add(figure: series.trend.rawValue)
            }
            drawing.add("\" d=\"M", left, 54)
            drawing.add("V", 54 - height)
            drawing.add("H", max(right, left + 2))
            drawing.add("V54z\"/>")
        }
        drawing.add("</svg>")
        return drawing.html
    }

    static var fields: Fields<NumbersChart> {
        Fields {
            Field.html("lines") { $0.lines }
            Field.html("gains") { $0.gains }
            Field.texts("marks") { $0.marks }
            Field.texts("days") { $0.days }
            Field.text("peak") { $0.peak }
        }
    }
}
