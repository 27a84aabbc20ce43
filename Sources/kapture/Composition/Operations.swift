import API
import Core
import CoreMetrics

extension Server {
    /// What the server is operated with. Called once: metrics are the process's.
    func operations(_ outside: WayOut) -> KaptureServer.Operations {
        var operations = KaptureServer.Operations()
        MetricsSystem.bootstrap(operations.metrics)
        (operations.permits, operations.activity) = (house.store, house.store)
        operations.measures = [
            ProcessMeasure(), DatabaseMeasure(address: house.settings.database, store: house.store),
            ActiveUserMeasure(house.store),
            QueueMeasure(house.store),
        ]
        operations.checks = OutsideParts.checks(of: house.settings, outside)
        operations.metricsToken = house.settings.operation.metricsToken
        return operations
    }
}
