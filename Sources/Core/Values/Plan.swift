/// Something a plan limits; the raw value is its key in a plan file and in stored counters.
package enum PlanLimit: String, Sendable, Hashable, CaseIterable, Codable {
    case scrapes, downloads
    case aiGenerations = "ai_generations"
    case watchlists, ideaboards
    case storageGB = "storage_gb"

    /// Whether it is used up within a billing period; the others are held at any one time.
    package var isPerPeriod: Bool {
        switch self {
        case .scrapes, .downloads, .aiGenerations: true
        case .watchlists, .ideaboards, .storageGB: false
        }
    }
}

/// What an account may use and what it costs: one file of `Content/Plans`.
package struct Plan: Sendable, Hashable {
    /// Lower-case letters, digits and hyphens; stored on users, so a published id is never reused.
    package let id: String
    package let name: String
    /// Whole US dollars; 0 is free.
    package let priceUSDPerMonth: Int64
    /// Place among the plans, lowest first.
    package let order: Int64
    /// Markdown: for whom the plan is.
    package let body: String
    private let limits: [PlanLimit: Int64]

    /// What the front matter of a plan file says, before it is checked.
    package struct Terms: Sendable {
        package let name: String
        package let priceUSDPerMonth: Int64
        package let order: Int64
        package let limits: [PlanLimit: Int64]

        package init(name: String, priceUSDPerMonth: Int64, order: Int64, limits: [PlanLimit: Int64]) {
            (self.name, self.priceUSDPerMonth, self.order, self.limits) = (name, priceUSDPerMonth, order, limits)
        }
    }

    /// Every limit must be given and at least 0; the error names the front matter's key.
    package init(id: String, terms: Terms, body: String) throws(ValidationError) {
        guard Slug.isValid(id) else { throw ValidationError(field: "id", rule: Slug.rule) }
        guard !terms.name.isEmpty else { throw ValidationError(field: "name", rule: "must not be empty") }
        guard terms.priceUSDPerMonth >= 0 else { throw .outOfRange(field: "price_usd_month", allowed: "at least 0") }
        for limit in PlanLimit.allCases where terms.limits[limit].map({ $0 < 0 }) ?? true {
            throw ValidationError(field: "limits.\(limit.rawValue)", rule: "must be given and at least 0")
        }
        (self.id, self.body, limits) = (id, body, terms.limits)
        (name, priceUSDPerMonth, order) = (terms.name, terms.priceUSDPerMonth, terms.order)
    }

    package func limit(_ limit: PlanLimit) -> Int64 { limits[limit] ?? 0 }

    package var isFree: Bool { priceUSDPerMonth == 0 }
}
