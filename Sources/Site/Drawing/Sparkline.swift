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
        var path = ""
        for (index, interval) in intervals.dropLast().enumerated() {
            path += bar(left + index * pitch + pitch / 2, interval.rate / top)
        }
        let lastBar = bar(width - pitch + pitch / 2, last.rate / top)
        let before = path.isEmpty ? "" : "<path d=\"\(path)\"/>"
        return SafeHTML(
            trusted: """
                <svg class="spark \(series.trend.rawValue)" viewBox="0 0 84 26" stroke-width="\(pitch - 2)" role="img" \
                aria-label="\(label(intervals))">\(before)<path class="last" d="\(lastBar)"/></svg>
                """)
    }

    private static func bar(_ x: Int, _ share: Double) -> String {
        let size = max(1, Int((Double(height - 1) * share).rounded()))
        return "M\(x) \(height)V\(height - size)"
    }

    private static func label(_ intervals: ArraySlice<GainSeries.Interval>) -> String {
        let gains = intervals.map { Figures.signed(Int64($0.rate.rounded())) }
        guard gains.count > 4, let first = gains.first, let last = gains.last else {
            return "gained per day: " + gains.joined(separator: ", ")
        }
        return "gained per day, \(gains.count) times: \(first) to \(last)"
    }
}
