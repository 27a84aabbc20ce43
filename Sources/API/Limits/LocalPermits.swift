import Core
import Synchronization

/// Permits of one process alone, for a server without a database to count them in.
package final class LocalPermits: PermitLeasing {
    private let taken = Mutex<[Instant: [String: Int]]>([:])

    package init() {}

    package func lease(_ demands: [PermitDemand]) async throws -> [PermitGrant] {
        taken.withLock { taken in
            demands.map { demand in
                let before = taken[demand.window]?[demand.key] ?? 0
                guard before < demand.limit else { return PermitGrant(units: 0, left: 0) }
                taken[demand.window, default: [:]][demand.key] = before + demand.units
                return PermitGrant(demand, taken: before + demand.units)
            }
        }
    }

    package func forgetPermits(before window: Instant) async throws {
        taken.withLock { $0 = $0.filter { $0.key >= window } }
    }
}
