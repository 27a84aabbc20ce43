import Core

/// A plan's limits in words.
enum PlanWords {
    /// One line a limit; what is held now stands before the limit: "3 of 10".
    static func limits(of plan: Plan, held: [PlanLimit: Int] = [:]) -> [NamedValue] {
        PlanLimit.allCases.map { limit in
            let most = Figures.exact(plan.limit(limit))
            let value = held[limit].map { "\(Figures.exact(Int64($0))) of \(most)" } ?? most
            return NamedValue(name(of: limit), value + unit(of: limit))
        }
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
