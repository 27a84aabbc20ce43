import Core
import CoreMetrics
import Logging

extension KaptureServer {
    /// What the server needs besides its routes' ports to be operated. Each has a stand-in that needs nobody.
    package struct Operations: Sendable {
        /// Where permits are counted: this process alone, unless it is told the database.
        package var permits: any PermitLeasing = LocalPermits()
        /// Remembers who was there; nobody does without it.
        package var activity: (any ActivityKeeping)?
        /// What `/metrics` shows besides what the server counts itself.
        package var measures: [any Measuring] = []
        /// What `/health` looks at besides the database and the pages.
        package var checks: [HealthCheck] = []
        package var metrics = MetricsRegistry()
        /// Whoever sends it may read `/metrics` from anywhere.
        package var metricsToken: String?

        package init() {}
    }
}
