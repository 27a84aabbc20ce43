import Core
import SQL

extension Store: JobLeasing {
    package func exchange(
        _ reports: [JobReport], for claim: JobClaim?, now: Instant
    ) async throws -> JobExchange {
        try await database.write(.rows) { connection in
            var exchange = JobExchange()
            var users: Set<UserID> = []
            exchange.refused = try connection.settle(reports, now: now, users: &users)
            if let claim {
                try connection.takeBackExpired(now: now, users: &users)
                exchange.claimed = try connection.claim(claim, now: now)
                users.formUnion(exchange.claimed.compactMap(\.userID))
            }
            for user in users.sorted() { _ = try connection.bumpSiteIfAny(of: user, for: .job) }
            return exchange
        }
    }

    package func extend(_ leases: [JobLease: Double?], until: Instant, now: Instant) async throws -> [JobLease: Bool] {
        guard !leases.isEmpty else { return [:] }
        return try await database.write(.rows) { connection in
            for case (let lease, let progress?) in leases {
                try connection.note(progress: progress, of: lease)
            }
            let held = try connection.rows(
                """
                UPDATE background_jobs SET lease_until = \(until), updated_at = \(now)
                WHERE \(JobLease.areHeld(Array(leases.keys))) RETURNING id, lease_token, is_cancel_requested
                """
            ) { (JobLease($0.id(0), token: $0.integer(1)), $0.bool(2)) }
            return Dictionary(held) { $1 }
        }
    }
}

extension Connection {
    fileprivate func note(progress: Double, of lease: JobLease) throws {
        let users: [String?] = try rows(
            """
            UPDATE background_jobs SET progress = \(progress)
            WHERE \(lease.isHeld) AND (progress IS NULL OR progress <> \(progress)) RETURNING user_id
            """
        ) { $0.optionalText(0) }
        for case let user? in users { try announce(.progress, user) }
    }
}

extension JobLease {
    /// The condition that a row is still in the hands of this lease's holder.
    var isHeld: Query { "status = 'processing' AND id = \(id) AND lease_token = \(token)" }

    /// The same for many. Most have the same token, that of a first attempt: one list of ids for each.
    static func areHeld(_ leases: [JobLease]) -> Query {
        let byToken = Dictionary(grouping: leases) { $0.token }.sorted { $0.key < $1.key }
        let held = byToken.map { token, leases -> Query in
            "lease_token = \(token) AND id IN \(list: leases.map { $0.id })"
        }
        guard let first = held.first else { return "1 = 0" }
        let any = held.dropFirst().reduce(first) { "\($0) OR \($1)" }
        return "status = 'processing' AND (\(any))"
    }
}
