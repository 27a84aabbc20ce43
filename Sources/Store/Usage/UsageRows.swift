import Core
import SQL

extension Connection {
    /// What the user has used in the period that contains `now`, reserved units included, and holds now.
    func usage(of user: UserID, now: Instant) throws -> UsageTally {
        let period = try usagePeriod(of: user, now: now)
        var units: [PlanLimit: Int64] = [:]
        let counted: Query = """
            SELECT usage_type, count + reserved FROM user_usage
            WHERE user_id = \(user) AND period_start IN (\(period.start), \(UsagePeriod.always.start))
            """
        try forEach(counted) { row in
            if let limit = PlanLimit(rawValue: row.text(0)) { units[limit] = row.integer(1) }
        }
        for limit in PlanLimit.allCases {
            guard let held = Query.held(limit, by: user) else { continue }
            units[limit] = try first("SELECT \(held)") { $0.integer(0) }
        }
        return UsageTally(period: period, units: units)
    }

    /// The period in which the user's work counts now. There are no subscriptions yet, so it is the calendar month.
    func usagePeriod(of user: UserID, now: Instant) throws -> UsagePeriod {
        UsagePeriod.current(at: now, subscription: nil)
    }

    /// Throws when one more would be above the allowance; for the moment after an insert that `Query.room` refused.
    func refuse(_ limit: PlanLimit, of user: UserID, allowance: Int64) throws -> Never {
        let held = try Query.held(limit, by: user).flatMap { try first("SELECT \($0)") { $0.integer(0) } }
        throw QuotaExceeded(limit, Usage(current: held ?? allowance, limit: allowance))
    }
}

extension Query {
    /// A condition for the WHERE of the inserting statement itself: one more fits. The statement must follow the bump of
    /// the user's site in its transaction, whose row lock makes transactions of one user come one after the other.
    static func room(for limit: PlanLimit, of user: UserID, allowance: Int64) -> Query {
        held(limit, by: user).map { "\($0) < \(allowance)" } ?? "1 = 1"
    }

    /// How many the user holds, where rows themselves are the count.
    static func held(_ limit: PlanLimit, by user: UserID) -> Query? {
        switch limit {
        case .watchlists: "(SELECT count(*) FROM watchlists WHERE user_id = \(user))"
        case .ideaboards: "(SELECT count(*) FROM ideaboards WHERE user_id = \(user))"
        case .scrapes, .downloads, .aiGenerations, .storageGB: nil
        }
    }
}
