import Core

/// Metrics as Prometheus reads them: the text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    private(set) var text = ""

    /// What some names mean; the others say it themselves.
    private static let help = [
        "kapture_active_users": "Different users who were there, by days back.",
        "kapture_feature_use_total": "Successful writes by what they were about.",
        "kapture_http_requests_total": "Answers by route, method and class of status.",
        "kapture_http_request_duration_seconds": "From a request's head to its answer, by route and method.",
        "kapture_publish_duration_seconds": "From the lock to the renamed manifest.",
        "kapture_publishes_total": "Publishes by outcome.",
        "kapture_up": "1 for a part that works, 0 for one that does not.",
    ]

    mutating func add(_ registry: MetricsRegistry) {
        for (name, kind, series) in registry.contents() {
            head(name, kind)
            for (labels, value) in series { add(value, name, labels) }
        }
    }

    /// Figures of one name must follow each other, so they are put in order first.
    mutating func add(_ figures: [Figure]) {
        var last = ""
        for figure in figures.sorted(by: { $0.name < $1.name }) {
            if figure.name != last { head(figure.name, figure.kind.rawValue) }
            last = figure.name
            let labels = SeriesLabels(figure.labels.map { ($0.name, $0.value) })
            line(figure.name, labels.text(), PrometheusName.number(figure.value))
        }
    }

    private mutating func head(_ name: String, _ kind: String) {
        if let help = Self.help[name] { text += "# HELP \(name) \(help)\n" }
        text += "# TYPE \(name) \(kind)\n"
    }

    private mutating func add(_ series: MetricsRegistry.Series, _ name: String, _ labels: String) {
        switch series {
        case .counter(let counter): line(name, labels, PrometheusName.number(counter.value))
        case .gauge(let gauge): line(name, labels, PrometheusName.number(gauge.value))
        case .histogram(let histogram): add(histogram, name, labels)
        }
    }

    private mutating func add(_ histogram: HistogramSeries, _ name: String, _ labels: String) {
        let reading = histogram.value
        let start = labels.isEmpty ? "{" : labels.dropLast() + ","
        var below = 0
        for (bound, count) in zip(histogram.bounds + [.infinity], reading.counts) {
            below += count
            line("\(name)_bucket", "\(start)le=\"\(PrometheusName.number(bound))\"}", "\(below)")
        }
        line("\(name)_sum", labels, PrometheusName.number(reading.sum))
        line("\(name)_count", labels, "\(below)")
    }

    private mutating func line(_ name: String, _ labels: String, _ value: String) {
        text += "\(name)\(labels) \(value)\n"
    }
}
