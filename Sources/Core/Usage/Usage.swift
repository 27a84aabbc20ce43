/// How much of one limit is used.
package struct Usage: Sendable, Hashable {
    /// Settled and reserved units together; above the limit after a change to a smaller plan.
    package let current: Int64
    package let limit: Int64

    package init(current: Int64, limit: Int64) {
        (self.current, self.limit) = (current, limit)
    }

    package var remaining: Int64 { max(0, limit - current) }
}

/// What a user has used in one period and holds now, in units of each limit.
package struct UsageTally: Sendable, Hashable {
    package let period: UsagePeriod
    private let units: [PlanLimit: Int64]

    package init(period: UsagePeriod, units: [PlanLimit: Int64]) {
        (self.period, self.units) = (period, units)
    }

    package subscript(limit: PlanLimit) -> Int64 { units[limit] ?? 0 }

    package func usage(of limit: PlanLimit, in plan: Plan) -> Usage {
        Usage(current: self[limit], limit: plan.units(of: limit))
    }
}

/// A user's plan and what is used of it.
package struct UsageReport: Sendable, Hashable {
    package let plan: Plan
    package let tally: UsageTally

    package init(plan: Plan, tally: UsageTally) {
        (self.plan, self.tally) = (plan, tally)
    }

    package subscript(limit: PlanLimit) -> Usage { tally.usage(of: limit, in: plan) }
}

extension PlanLimit {
    /// How many counted units one of the plan's stands for: storage is counted in bytes.
    package var unit: Int64 { self == .storageGB ? 1_000_000_000 : 1 }

    /// "scrapes", as sentences say it.
    package var noun: String {
        switch self {
        case .scrapes: "scrapes"
        case .downloads: "downloads"
        case .aiGenerations: "AI texts"
        case .watchlists: "watchlists"
        case .ideaboards: "ideaboards"
        case .storageGB: "GB of storage"
        }
    }
}

extension Plan {
    /// The limit in the units in which its use is counted.
    package func units(of limit: PlanLimit) -> Int64 {
        let (units, isTooLarge) = self.limit(limit).multipliedReportingOverflow(by: limit.unit)
        return isTooLarge ? .max : units
    }
}

/// A plan's limit stands in the way; nothing was taken.
package struct QuotaExceeded: Error, Sendable, Equatable, CustomStringConvertible {
    package let limit: PlanLimit
    package let usage: Usage
    /// Units that were asked for.
    package let asked: Int64
    /// When the next period begins; `nil` for what is held, of which some has to go first.
    package let renewal: Instant?

    package init(_ limit: PlanLimit, _ usage: Usage, asked: Int64 = 1, renewal: Instant? = nil) {
        (self.limit, self.usage, self.asked) = (limit, usage, asked)
        self.renewal = limit.isPerPeriod ? renewal : nil
    }

    package var failureClass: FailureClass { .quota }

    /// A sentence that a creator understands.
    package var reason: String {
        let most = "Your plan has \(Figures.exact(usage.limit / limit.unit)) \(limit.noun)"
        guard limit.isPerPeriod else { return most + ". Delete what you no longer need, or choose a larger plan." }
        let rest = usage.remaining == 0 ? "all of them are used" : "\(Figures.exact(usage.remaining)) are left"
        let next = renewal.map { "; they begin anew on \(Figures.date($0))" } ?? ""
        return "\(most) in this period and \(rest)\(next)."
    }

    package var description: String { reason }
}
