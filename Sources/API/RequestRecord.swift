import Logging
import Metrics

/// What is kept of each request: counters by class of status, a timer, and a line in the log.
struct RequestRecord: Sendable {
    private let counters: [Counter]
    private let duration: Metrics.Timer

    init() {
        counters = (1...5).map { Counter(label: "kapture_http_requests", dimensions: [("status", "\($0)xx")]) }
        duration = Metrics.Timer(label: "kapture_http_request_duration")
    }

    func count(_ status: Int) {
        counters[min(max(status / 100, 1), 5) - 1].increment()
    }

    func note(method: String, path: String, status: Int, took: Duration, logger: Logger) {
        duration.recordNanoseconds(took.wholeNanoseconds)
        let isRead = (method == "GET" || method == "HEAD") && status < 500
        logger.log(
            level: isRead ? .debug : .info, "Request",
            metadata: [
                "method": "\(method)", "path": "\(Self.redacted(path))", "status": "\(status)",
                "milliseconds": "\(Double(took.wholeNanoseconds / 10_000) / 100)",
            ])
    }

    /// Addresses that are keys: of a feed, and of a mail's link.
    private static let keys = ["/feeds/", "/reset/", "/confirm/"]

    private static func redacted(_ path: String) -> String {
        keys.first { path.hasPrefix($0) && path != $0 }.map { $0 + "…" } ?? path
    }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
