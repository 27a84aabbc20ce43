import Core

/// A plan's limits in words.
enum PlanWords {
    /// What an account can use today, for a page that offers plans: nothing is sold that is not there.
    static func offers(of plan: Plan) -> [NamedValue] {
        zip(PlanLimit.allCases, limits(of: plan)).filter { Self.offered.contains($0.0) }.map { $0.1 }
    }

    private static let offered: Set<PlanLimit> = [.watchlists, .ideaboards]

    /// One line a limit; what is used of it stands before the limit: "3 of 10".
    static func limits(of plan: Plan, used: UsageTally? = nil) -> [NamedValue] {
        PlanLimit.allCases.map { limit in
            let most = Figures.exact(plan.limit(limit))
            let value = used.map { "\(amount($0[limit], of: limit)) of \(most)" } ?? most
            return NamedValue(name(of: limit), value + unit(of: limit))
        }
    }

    /// Counted units in the plan's: of storage tenths, rounded up, so that something never looks like nothing.
    private static func amount(_ units: Int64, of limit: PlanLimit) -> String {
        guard limit.unit > 1 else { return Figures.exact(units) }
        let tenths = (units + limit.unit / 10 - 1) / (limit.unit / 10)
        return tenths % 10 == 0 ? Figures.exact(tenths / 10) : "\(Figures.exact(tenths / 10)).\(tenths % 10)"
    }

    private static func name(of limit: PlanLimit) -> String {
        switch limit {
        case .scrapes: "Scrapes"
        case .downloads: "Downloads"
        case .aiGenerations: "AI texts"
        case .watchlists: "Watchlists"
        case .ideaboards: "Ideaboards"
        case .storageGB: "Storage"
        }
    }

    private static func unit(of limit: PlanLimit) -> String {
        limit == .storageGB ? " GB" : limit.isPerPeriod ? " a month" : ""
    }
}
