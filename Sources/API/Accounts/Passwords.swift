import Core

/// Hashing passwords, and proving that somebody is who they are.
struct Passwords: Sendable {
    let accounts: any AccountStoring
    let hasher: PasswordHasher
    let throttle: Throttle
    let now: @Sendable () -> Instant

    /// For so many seconds after signing in nobody need prove again who they are.
    static let freshness: Int64 = 600

    func hash(_ password: Password) async throws -> PasswordHash {
        try await unlessBusy { try await hasher.hash(password) }
    }

    /// Takes as long for an unknown account as for a known one.
    func isRight(_ password: Password, _ hash: PasswordHash?) async throws -> Bool {
        let matches = try await unlessBusy { try await hasher.verify(password, against: hash ?? hasher.decoy) }
        return matches && hash != nil
    }

    func hasOne(_ user: UserID) async throws -> Bool { try await accounts.password(of: user) != nil }

    /// Throws unless the user gives their password, or has none and signed in lately. With `orFresh` having signed in
    /// lately is enough for everybody who gives no password.
    func prove(_ session: Session, _ typed: Password?, orFresh: Bool = false) async throws {
        let hash = try await accounts.password(of: session.userID)
        guard let hash, typed != nil || !orFresh else { return try proveFresh(session, hasPassword: hash != nil) }
        guard let typed else { throw Self.unproven("is missing") }
        try await throttle.take("prove \(session.userID)")
        guard try await isRight(typed, hash) else { throw Self.unproven("is not right") }
    }

    private static func unproven(_ rule: String) -> APIFailure {
        .refused([ValidationError(field: "current_password", rule: rule)], as: .forbidden)
    }

    private func proveFresh(_ session: Session, hasPassword: Bool) throws {
        guard session.createdAt.adding(seconds: Self.freshness) <= now() else { return }
        let advice = hasPassword ? "Enter your password, or sign in again first." : "Sign in again first."
        throw APIFailure(code: .forbidden, message: "\(advice) Then you have ten minutes for this.")
    }

    private func unlessBusy<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch is PasswordHasher.Busy {
            throw APIFailure.tooOften(retryAfter: 5)
        }
    }
}
