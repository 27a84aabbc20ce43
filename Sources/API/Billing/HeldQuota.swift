import Core

/// A limit of what users hold, for the routes that make more of it. Without quotas there is no limit.
struct HeldQuota: Sendable {
    let quotas: (any QuotaKeeping)?
    let limit: PlanLimit

    /// How many the user may hold; the statement that inserts one more checks it.
    func allowance(for user: UserID) async throws -> Int64 {
        try await quotas?.allowance(of: limit, for: user) ?? .max
    }

    /// What the answer tells of it afterwards.
    func usage(of user: UserID, now: Instant) async throws -> AnswerMeta.Usage? {
        try await quotas?.usage(of: user, now: now).map { AnswerMeta.Usage($0[limit]) }
    }
}
