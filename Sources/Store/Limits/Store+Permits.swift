import Core
import SQL

extension Store: PermitLeasing {
    package func lease(_ demands: [PermitDemand]) async throws -> [PermitGrant] {
        // In order of key, so that two processes never wait for each other's rows.
        let order = demands.indices.sorted { demands[$0].key < demands[$1].key }
        return try await database.write(.rows) { connection in
            var grants = Array(repeating: PermitGrant(units: 0, left: 0), count: demands.count)
            for index in order {
                let demand = demands[index]
                if let taken = try connection.take(demand) { grants[index] = PermitGrant(demand, taken: taken) }
            }
            return grants
        }
    }

    package func forgetPermits(before window: Instant) async throws {
        try await database.write(.rows) { try $0.execute("DELETE FROM permits WHERE window_start < \(window)") }
    }
}

extension Connection {
    /// Permits given out with this demand, which may be above the limit; `nil` when it was reached before.
    fileprivate func take(_ demand: PermitDemand) throws -> Int? {
        guard demand.limit > 0 else { return nil }
        let taken: Query = """
            INSERT INTO permits (key, window_start, taken) VALUES (\(demand.key), \(demand.window), \(demand.units))
            ON CONFLICT (key, window_start) DO UPDATE SET taken = permits.taken + excluded.taken
            WHERE permits.taken < \(demand.limit)
            RETURNING taken
            """
        return try first(taken) { Int($0.integer(0)) }
    }
}
