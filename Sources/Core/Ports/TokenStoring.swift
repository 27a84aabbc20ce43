package typealias TokenKeeping = TokenStoring & TokenEditing

/// What users do with their tokens. Every write is one transaction.
package protocol TokenEditing: Sendable {
    /// Newest first, expired ones included.
    func tokens(of user: UserID) async throws -> [APIToken]
    /// Throws `StoreFailure.taken` when the user has `APIToken.most` already.
    func createToken(_ token: APIToken, digest: [UInt8]) async throws -> Change
    /// From now on nobody can use it. Throws `StoreFailure.missing` when the user has none with this id.
    func revokeToken(_ id: APITokenID, of user: UserID) async throws -> Change
}

/// Personal tokens, each stored under the SHA-256 of its text.
package protocol TokenStoring: Sendable {
    /// The token under this digest; `nil` when there is none, it is revoked or expired, or its user is gone.
    func token(digest: [UInt8], now: Instant) async throws -> APIToken?
    /// Notes a use. Callers ask at most once a minute for each token.
    func touchToken(_ id: APITokenID, now: Instant) async throws
}
