import Core
import SQL

/// The quotas of the database: each reservation is a row, so that whoever dies with one is found out.
///
/// Every change of a user's count bumps their site in the same transaction, and does that first: its row lock makes the
/// transactions of one user come one after the other on either engine, always locking in the same order.
package struct QuotaLedger: QuotaKeeping {
    private let store: Store
    private let plans: PlanBook

    /// Ended reservations are kept for so long, for whoever asks what happened.
    private static let memory: Int64 = 35 * 86_400

    package init(_ store: Store, plans: PlanBook) {
        (self.store, self.plans) = (store, plans)
    }

    package func usage(of user: UserID, now: Instant) async throws -> UsageReport? {
        try await store.database.read { connection in
            guard let planID = try connection.planID(of: user) else { return nil }
            return UsageReport(plan: plans[planID], tally: try connection.usage(of: user, now: now))
        }
    }

    package func allowance(of limit: PlanLimit, for user: UserID) async throws -> Int64 {
        try await store.database.read { try plan(of: user, on: $0).units(of: limit) }
    }

    package func reserve(_ claim: QuotaClaim, now: Instant) async throws -> Reservation {
        let id: ReservationID = store.makeID(now)
        return try await store.database.write(.rows) { connection in
            let allowance = try plan(of: claim.user, on: connection).units(of: claim.limit)
            let month = try connection.usagePeriod(of: claim.user, now: now)
            let period = claim.limit.isPerPeriod ? month : .always
            let revision = try connection.bumpSite(of: claim.user, for: .usage)
            let take = {
                try connection.take(claim, of: allowance, in: period, id: id.rawValue, now: now)
            }
            guard let usage = try take() ?? (connection.releaseExpired(of: claim.user, now: now) > 0 ? take() : nil)
            else {
                let used = Usage(current: try connection.usage(of: claim.user, now: now)[claim.limit], limit: allowance)
                throw QuotaExceeded(claim.limit, used, asked: claim.units, renewal: period.end)
            }
            try connection.insert(claim, as: id, in: period, now: now)
            return Reservation(
                id: id, usage: usage, change: Change(site: .user(claim.user), revision: revision))
        }
    }

    package func extend(_ id: ReservationID, until end: Instant) async throws -> Bool {
        try await store.database.write(.rows) { connection in
            try connection.execute(
                """
                UPDATE usage_reservations SET expires_at = \(end)
                WHERE id = \(id) AND state = 'reserved' AND expires_at < \(end)
                """)
            return try connection.ownerOfOpen(id) != nil
        }
    }

    package func settle(_ id: ReservationID, units: Int64?, now: Instant) async throws -> Change? {
        try await end(id, used: units, now: now)
    }

    package func refund(_ id: ReservationID, now: Instant) async throws -> Change? {
        try await end(id, used: 0, now: now)
    }

    package func giveBack(_ units: Int64, of limit: PlanLimit, for user: UserID, now: Instant) async throws -> Change? {
        try await change(of: user) { connection in
            let given = try connection.execute(
                """
                UPDATE user_usage SET count = CASE WHEN count > \(units) THEN count - \(units) ELSE 0 END,
                    updated_at = \(now)
                WHERE user_id = \(user) AND usage_type = \(limit.rawValue)
                    AND period_start = \(UsagePeriod.always.start) AND count > 0
                """)
            return given > 0
        }
    }

    package func releaseExpired(now: Instant) async throws -> [Change] {
        let users: [UserID] = try await store.database.read { connection in
            try connection.rows(
                """
                SELECT DISTINCT user_id FROM usage_reservations
                WHERE state = 'reserved' AND expires_at <= \(now) ORDER BY user_id
                """
            ) { $0.id(0) }
        }
        var changes: [Change] = []
        for user in users {
            let change = try await change(of: user) { try $0.releaseExpired(of: user, now: now) > 0 }
            if let change { changes.append(change) }
        }
        try await store.database.write(.rows) { connection in
            try connection.execute(
                """
                DELETE FROM usage_reservations
                WHERE state IN ('settled', 'refunded') AND expires_at <= \(now.adding(seconds: -Self.memory))
                """)
        }
        return changes
    }

    package func archivePeriods(endedBefore moment: Instant, now: Instant) async throws -> Int {
        try await store.database.write(.rows) { connection in
            try connection.execute(
                "UPDATE user_usage SET archived_at = \(now) WHERE period_end <= \(moment) AND archived_at IS NULL")
        }
    }

    // MARK: Parts

    private func plan(of user: UserID, on connection: Connection) throws -> Plan {
        guard let planID = try connection.planID(of: user) else { throw StoreFailure.missing("user \(user)") }
        return plans[planID]
    }

    private func end(_ id: ReservationID, used: Int64?, now: Instant) async throws -> Change? {
        guard let user = try await store.database.read({ try $0.ownerOfOpen(id) }) else { return nil }
        return try await change(of: user) { try $0.end(id, used: used, now: now) }
    }

    /// One transaction that bumps the user's site and does `body`; when there was nothing to do, it never was.
    private func change(
        of user: UserID, _ body: @escaping @Sendable (Connection) throws -> Bool
    ) async throws -> Change? {
        struct Nothing: Error {}
        do {
            return try await store.database.write(.rows) { connection in
                let revision = try connection.bumpSite(of: user, for: .usage)
                guard try body(connection) else { throw Nothing() }
                return Change(site: .user(user), revision: revision)
            }
        } catch is Nothing {
            return nil
        }
    }
}

extension Connection {
    fileprivate func planID(of user: UserID) throws -> String? {
        try first("SELECT plan_id FROM users WHERE id = \(user)") { $0.text(0) }
    }
}
