import CoreMetrics
import Synchronization

/// Keeps every metric of the process for Prometheus to read. A backend of swift-metrics.
package final class MetricsRegistry: MetricsFactory {
    enum Series {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
    }

    private struct Family {
        let kind: String
        var series: [SeriesLabels: Series] = [:]
    }

    /// Of one metric at most so many series are told apart; the rest is counted together as "other".
    private static let most = 2000
    /// In seconds: from a page out of memory to a request that somebody has given up.
    static let durations = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    /// Counts and sizes.
    static let sizes = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576].map(Double.init)

    private let families = Mutex<[String: Family]>([:])

    package init() {}

    /// Every metric with its series, in order of name and labels.
    func contents() -> [(name: String, kind: String, series: [(labels: String, Series)])] {
        let known = families.withLock { $0 }
        return known.sorted { $0.key < $1.key }.map { name, family in
            let series = family.series.map { (labels: $0.key.text(), $0.key, $0.value) }.sorted { $0.0 < $1.0 }
            return (name, family.kind, series.map { ($0.labels, $0.2) })
        }
    }

    // MARK: swift-metrics

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate ? histogram(label, dimensions, Self.sizes) : gauge(label, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(Self.ending(label, "_seconds"), dimensions, Self.durations)
    }

    /// Series stay for as long as the process: Prometheus takes a counter that vanishes for a restart.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    // MARK: Series

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
        let made = CounterSeries()
        guard case .counter(let series) = series(Self.ending(label, "_total"), "counter", dimensions, .counter(made))
        else { return made }
        return series
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        let made = GaugeSeries()
        guard case .gauge(let series) = series(label, "gauge", dimensions, .gauge(made)) else { return made }
        return series
    }

    private func histogram(
        _ label: String, _ dimensions: [(String, String)], _ bounds: [Double]
    ) -> HistogramSeries {
        let made = HistogramSeries(bounds: bounds)
        guard case .histogram(let series) = series(label, "histogram", dimensions, .histogram(made)) else {
            return made
        }
        return series
    }

    /// The series that has this name already, else `made`; `nil` when the name belongs to another kind, since one name
    /// cannot be both: what is made then is counted by nobody.
    private func series(
        _ label: String, _ kind: String, _ dimensions: [(String, String)], _ made: Series
    ) -> Series? {
        let name = PrometheusName.valid(label)
        var labels = SeriesLabels(dimensions)
        return families.withLock { families in
            guard families[name, default: Family(kind: kind)].kind == kind else { return nil }
            if let known = families[name]?.series[labels] { return known }
            if families[name].map({ $0.series.count >= Self.most }) ?? false {
                labels = labels.together
                if let known = families[name]?.series[labels] { return known }
            }
            families[name, default: Family(kind: kind)].series[labels] = made
            return made
        }
    }

    private static func ending(_ label: String, _ suffix: String) -> String {
        label.hasSuffix(suffix) ? label : label + suffix
    }
}
