import Core

/// Knows one kind of bearer token.
protocol BearerResolving: Sendable {
    /// Whom the token acts for; `nil` when it is not of this kind, or not valid (any more).
    func caller(bearer: String) async throws -> Caller?
}

/// Personal tokens: `kap_` and 43 digits of base64url (32 random bytes).
struct TokenBearers: BearerResolving {
    static let prefix = "kap_"
    /// How fine the time of the last use is noted.
    private static let touchInterval: Int64 = 60_000

    let tokens: any TokenStoring
    let now: @Sendable () -> Instant

    /// The secret behind the prefix is what its digest is made of.
    static func secret(of bearer: String) -> SessionToken? {
        guard bearer.hasPrefix(prefix) else { return nil }
        return SessionToken(Substring(bearer).dropFirst(prefix.count).utf8)
    }

    func caller(bearer: String) async throws -> Caller? {
        let now = now()
        guard let secret = Self.secret(of: bearer),
            let token = try await tokens.token(digest: secret.digest, now: now)
        else { return nil }
        let idle = now.milliseconds - (token.lastUsedAt?.milliseconds ?? 0)
        if idle >= Self.touchInterval { try await tokens.touchToken(token.id, now: now) }
        return Caller(userID: token.userID, means: .bearer(id: token.id.rawValue, scopes: token.scopes))
    }
}
