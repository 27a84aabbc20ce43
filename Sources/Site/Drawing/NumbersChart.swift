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
        peak = Figures.signed(Int64((series.intervals.map(\.rate).max { abs($0) < abs($1) } ?? 0).rounded()))
    }

    typealias Point = (at: Instant, value: Int64)

    private static func points(_ history: [Snapshot], _ measure: Measure) -> [Point] {
        history.compactMap { snapshot in
            (measure == .views ? snapshot.counts.views : snapshot.counts.likes).map { (snapshot.observedAt, $0) }
        }
    }

    private static func drawTotals(_ points: [Point], _ scale: Scale, _ axis: TimeAxis, noun: String) -> SafeHTML {
        let placed = points.map { (x: axis.place($0.at), y: Int((190 - 190 * scale.place($0.value)).rounded())) }
        let line = placed.map { "\($0.x) \($0.y)" }.joined(separator: "L")
        let grid = (0..<scale.marks).map { "M0 \(190 * $0 / (scale.marks - 1))H1000" }.joined()
        let dots = placed.map { "M\($0.x) \($0.y)h0" }.joined()
        let area = "M\(placed[0].x) 190L\(line)L\(placed[placed.count - 1].x) 190z"
        let first = points[0], last = points[points.count - 1]
        let label =
            "\(Figures.exact(first.value)) \(noun) on \(Figures.date(first.at)), "
            + "\(Figures.exact(last.value)) on \(Figures.date(last.at))"
        return SafeHTML(
            trusted: """
                <svg viewBox="0 0 1000 190" preserveAspectRatio="none" role="img" aria-label="\(label)">\
                <path class="grid" d="\(grid)"/><path class="area" d="\(area)"/><path class="line" d="M\(line)"/>\
                <path class="dot" d="\(dots)"/>\(columns(points, axis, noun))</svg>
                """)
    }

    /// Invisible columns that say their numbers when pointed at.
    private static func columns(_ points: [Point], _ axis: TimeAxis, _ noun: String) -> String {
        var drawing = ""
        for (index, point) in points.enumerated() {
            let x = axis.place(point.at)
            let left = index == 0 ? 0 : (axis.place(points[index - 1].at) + x) / 2
            let right = index == points.count - 1 ? 1000 : (x + axis.place(points[index + 1].at)) / 2
            drawing +=
                "<g><title>\(Figures.dateTime(point.at)): \(Figures.exact(point.value)) \(noun)</title>"
                + "<path d=\"M\(left) 0H\(right)V190H\(left)z\"/></g>"
        }
        return drawing
    }

    private static func drawGains(_ series: GainSeries, _ axis: TimeAxis) -> SafeHTML {
        let intervals = series.intervals
        let top = max(intervals.reduce(1) { max($0, abs($1.rate)) }, 1)
        var drawing = ""
        for (index, interval) in intervals.enumerated() {
            let height = max(1, Int((53 * abs(interval.rate) / top).rounded()))
            let right = axis.place(interval.to)
            let left = max(axis.place(interval.from) + 3, right - widest)
            let isLast = index == intervals.count - 1
            let kind = interval.gained < 0 ? " down" : isLast ? " last \(series.trend.rawValue)" : ""
            drawing += "<path class=\"gain\(kind)\" d=\"M\(left) 54V\(54 - height)H\(max(right, left + 2))V54z\"/>"
        }
        return SafeHTML(
            trusted: """
                <svg viewBox="0 0 1000 54" preserveAspectRatio="none" aria-hidden="true">\
                <path class="grid" d="M0 54H1000"/>\(drawing)</svg>
                """)
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
