import Core
import Templates

/// A drawing of 84 x 26: one bar for what each interval gained per day, the latest one at the right.
enum Sparkline {
    private static let width = 84
    private static let height = 26
    private static let most = 12

    /// Nil without an interval. A loss and a standstill are a bar of one pixel.
    static func draw(_ series: GainSeries) -> SafeHTML? {
        let intervals = series.intervals.suffix(most)
        guard let last = intervals.last else { return nil }
        let pitch = min(14, width / intervals.count)
        let top = max(intervals.reduce(0) { max($0, $1.rate) }, 1)
        let left = width - intervals.count * pitch
        var drawing = Drawing()
        drawing.add("<svg class=\"spark ")
        drawing.add(figure: series.trend.rawValue)
        drawing.add("\" viewBox=\"0 0 84 26\" stroke-width=\"", pitch - 2)
        drawing.add("\" role=\"img\" aria-label=\"")
        addLabel(intervals, to: &drawing)
        drawing.add("\">")
        if intervals.count > 1 {
            drawing.add("<path d=\"")
            for (index, interval) in intervals.dropLast().enumerated() {
                addBar(left + index * pitch + pitch / 2, interval.rate / top, to: &drawing)
            }
            drawing.add("\"/>")
        }
        drawing.add("<path class=\"last\" d=\"")
        addBar(width - pitch + pitch / 2, last.rate / top, to: &drawing)
        drawing.add("\"/></svg>")
        return drawing.html
    }

    private static func addBar(_ x: Int, _ share: Double, to drawing: inout Drawing) {
        let size = max(1, Int((Double(height - 1) * share).rounded()))
        drawing.add("M", x, height)
        drawing.add("V", height - size)
    }

    private static func addLabel(_ intervals: ArraySlice<GainSeries.Interval>, to drawing: inout Drawing) {
        let isLong = intervals.count > 4
        drawing.add("gained per day")
        if isLong { drawing.add(", ", intervals.count) }
        drawing.add(isLong ? " times: " : ": ")
        for (place, index) in intervals.indices.enumerated() {
            let isLast = index == intervals.endIndex - 1
            guard !isLong || place == 0 || isLast else { continue }
            if place > 0 { drawing.add(isLong ? " to " : ", ") }
            drawing.add(figure: Figures.signed(intervals[index].wholeRate))
        }
    }
}
