import Core
import SQL

/// A reservation as its row tells it.
struct ReservationRow {
    let user: UserID
    let usageType: String
    let units: Int64
    let periodStart: Instant

    static let columns: Query = "user_id, usage_type, units, period_start"

    init(_ row: Row) {
        (user, usageType, units, periodStart) = (row.id(0), row.text(1), row.integer(2), row.instant(3))
    }
}

/// All of these run after the bump of the user's site in the same transaction, which keeps the order of row locks.
extension Connection {
    /// Takes the units in the one statement that checks that they are there; `nil` when they are not.
    func take(_ claim: QuotaClaim, of allowance: Int64, in period: UsagePeriod, id: String, now: Instant) throws
        -> Usage?
    {
        guard claim.units <= allowance else { return nil }
        let taken: Query = """
            INSERT INTO user_usage (id, user_id, usage_type, count, reserved, period_start, period_end, created_at,
                updated_at)
            VALUES (\(id), \(claim.user), \(claim.limit.rawValue), 0, \(claim.units), \(period.start), \(period.end),
                \(now), \(now))
            ON CONFLICT (user_id, usage_type, period_start) DO UPDATE
            SET reserved = user_usage.reserved + excluded.reserved, updated_at = excluded.updated_at
            WHERE user_usage.count + user_usage.reserved + excluded.reserved <= \(allowance)
            RETURNING count + reserved
            """
        return try first(taken) { Usage(current: $0.integer(0), limit: allowance) }
    }

    func insert(_ claim: QuotaClaim, as id: ReservationID, in period: UsagePeriod, now: Instant) throws {
        try execute(
            """
            INSERT INTO usage_reservations (id, user_id, usage_type, units, period_start, state, created_at, expires_at)
            VALUES (\(id), \(claim.user), \(claim.limit.rawValue), \(claim.units), \(period.start), 'reserved', \(now),
                \(now.adding(seconds: claim.seconds)))
            """)
    }

    /// The owner of a reservation that has not ended.
    func ownerOfOpen(_ id: ReservationID) throws -> UserID? {
        try first("SELECT user_id FROM usage_reservations WHERE id = \(id) AND state = 'reserved'") { $0.id(0) }
    }

    /// Ends one reservation, `used` of its units being used up, all of them when it is `nil`. False when it had ended.
    func end(_ id: ReservationID, used: Int64?, now: Instant) throws -> Bool {
        let state = used == 0 ? "refunded" : "settled"
        let ended: Query = """
            UPDATE usage_reservations SET state = \(state) WHERE id = \(id) AND state = 'reserved'
            RETURNING \(ReservationRow.columns)
            """
        guard let row = try first(ended, ReservationRow.init) else { return false }
        try free(row, used: min(max(used ?? row.units, 0), row.units), now: now)
        return true
    }

    /// Gives back what the user's expired reservations hold, and returns how many there were.
    func releaseExpired(of user: UserID, now: Instant) throws -> Int {
        let expired: Query = """
            UPDATE usage_reservations SET state = 'refunded'
            WHERE user_id = \(user) AND state = 'reserved' AND expires_at <= \(now)
            RETURNING \(ReservationRow.columns)
            """
        let rows = try rows(expired, ReservationRow.init)
        for row in rows { try free(row, used: 0, now: now) }
        return rows.count
    }

    private func free(_ row: ReservationRow, used: Int64, now: Instant) throws {
        try execute(
            """
            UPDATE user_usage SET reserved = reserved - \(row.units), count = count + \(used), updated_at = \(now)
            WHERE user_id = \(row.user) AND usage_type = \(row.usageType) AND period_start = \(row.periodStart)
            """)
    }
}
