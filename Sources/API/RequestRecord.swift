import Core
import CoreMetrics
import HTTPTypes
import Logging
import Synchronization

/// How one request was answered.
struct RequestOutcome {
    let method: String
    /// The pattern that the router matched, so that metrics stay few however many addresses there are.
    let route: String
    let path: String
    let status: Int
    let took: Duration
}

/// What is kept of each request: a counter by route, method and class of status, a histogram of times, a line in the log.
final class RequestRecord: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        /// 1 to 5.
        let status: Int
    }

    private struct Series {
        let requests: any CounterHandler
        let duration: any TimerHandler
        let use: (any CounterHandler)?
    }

    private let metrics: any MetricsFactory
    private let series = Mutex<[Key: Series]>([:])
    /// Those of pages by class of status, since pages are most of all.
    private let pages = Mutex<[Series?]>(Array(repeating: nil, count: 6))

    init(_ metrics: any MetricsFactory) {
        self.metrics = metrics
    }

    func count(_ outcome: RequestOutcome) {
        let series = series(of: outcome)
        series.requests.increment(by: 1)
        series.duration.recordNanoseconds(outcome.took.wholeNanoseconds)
        series.use?.increment(by: 1)
    }

    func log(_ outcome: RequestOutcome, _ logger: Logger) {
        let isRead = (outcome.method == "GET" || outcome.method == "HEAD") && outcome.status < 500
        logger.log(
            level: isRead ? .debug : .info, "Request",
            metadata: [
                "method": "\(outcome.method)", "path": "\(Self.shown(outcome))", "status": "\(outcome.status)",
                "milliseconds": "\(Double(outcome.took.wholeNanoseconds / 10_000) / 100)",
            ])
    }

    private func series(of outcome: RequestOutcome) -> Series {
        let status = min(max(outcome.status / 100, 1), 5)
        guard outcome.route == "page", outcome.method == "GET" else {
            let method = Self.known.contains(outcome.method) ? outcome.method : "OTHER"
            return series(of: Key(method: method, route: outcome.route, status: status))
        }
        return pages.withLock { pages in
            if let known = pages[status] { return known }
            let made = make(Key(method: "GET", route: "page", status: status))
            pages[status] = made
            return made
        }
    }

    private func series(of key: Key) -> Series {
        series.withLock { series in
            if let known = series[key] { return known }
            let made = make(key)
            series[key] = made
            return made
        }
    }

    private func make(_ key: Key) -> Series {
        let place = [("method", key.method), ("route", key.route)]
        let feature = Self.feature(key)
        return Series(
            requests: metrics.makeCounter(
                label: "kapture_http_requests", dimensions: place + [("status", "\(key.status)xx")]),
            duration: metrics.makeTimer(label: "kapture_http_request_duration", dimensions: place),
            use: feature.map { metrics.makeCounter(label: "kapture_feature_use", dimensions: [("feature", $0)]) })
    }

    private static let known: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// What a successful write was about: the first word after `/api/`.
    private static func feature(_ key: Key) -> String? {
        let isWrite = !["GET", "HEAD", "OPTIONS", "OTHER"].contains(key.method)
        guard isWrite, key.status < 4, key.route.hasPrefix("/api/") else { return nil }
        let word = key.route.dropFirst("/api/".count).prefix { $0 != "/" }
        return word.isEmpty || word.hasPrefix("{") ? nil : String(word)
    }

    /// The path, unless it holds a secret: then its pattern, or where no route matched, its beginning.
    private static func shown(_ outcome: RequestOutcome) -> String {
        let holdsSecret = ["token", "secret", "code"].contains { outcome.route.contains("{\($0)}") }
        if holdsSecret { return outcome.route }
        let key = keys.first { outcome.path.hasPrefix($0) && outcome.path != $0 }
        return key.map { $0 + "…" } ?? String(outcome.path.prefix(200))
    }

    /// Addresses that are keys: of a feed, and of a mail's link.
    private static let keys = ["/feeds/", "/reset/", "/confirm/"]
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
