import Core

/// What a user's plan allows, and what is used of it.
struct BillingRoutes: Sendable {
    let quotas: any QuotaKeeping
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [Endpoint(.get, .usage, .user(.accountRead), "Your plan, and what is used of it in its period.", usage)]
    }

    @Sendable func usage(_ input: NoInput, _ caller: Caller) async throws -> Answer<UsageReport> {
        guard let report = try await quotas.usage(of: caller.userID, now: now()) else { throw APIFailure.notFound }
        return Answer(report)
    }
}

extension UsageReport: Described {
    static let shape = Shape<UsageReport>.object(
        "UsageReport",
        [
            Property("plan", .text(like: "free")) { $0.plan.id },
            Property("period_start", .instant) { $0.tally.period.start },
            Property("period_end", .instant, "When counting begins anew.") { $0.tally.period.end },
            Property("limits", .list(LimitUsage.shape)) { report in
                PlanLimit.allCases.map { LimitUsage(limit: $0, usage: report[$0]) }
            },
        ])
}

/// One limit of a plan.
struct LimitUsage: Sendable {
    let limit: PlanLimit
    let usage: Usage
}

extension LimitUsage: Described {
    static let shape = Shape<LimitUsage>.object(
        "LimitUsage",
        [
            Property("type", .choice(), "Storage is counted in bytes, a GB being 1,000,000,000.") { $0.limit },
            Property("is_per_period", .bool, "Whether it is used up, and not only held.") { $0.limit.isPerPeriod },
            Property("current", .integer(like: 12), "Used or reserved.") { $0.usage.current },
            Property("limit", .integer(like: 60)) { $0.usage.limit },
            Property("remaining", .integer(like: 48)) { $0.usage.remaining },
        ])
}

extension AnswerMeta.Usage {
    init(_ usage: Core.Usage) {
        self.init(current: usage.current, limit: usage.limit)
    }
}

extension APIFailure {
    /// A plan's limit stands in the way: which, how far it is used, and when it begins anew.
    static func exceeded(_ quota: QuotaExceeded) -> APIFailure {
        let (used, most) = (Figures.exact(quota.usage.current), Figures.exact(quota.usage.limit))
        let detail = ValidationError(field: quota.limit.rawValue, rule: "is at \(used) of \(most)")
        return APIFailure(code: .usageExceeded, message: quota.reason, details: [detail])
    }
}
