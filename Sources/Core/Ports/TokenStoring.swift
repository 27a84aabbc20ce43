/// Personal tokens, each stored under the SHA-256 of its text.
package protocol TokenStoring: Sendable {
    /// The token under this digest; `nil` when there is none, it is revoked or expired, or its user is gone.
    func token(digest: [UInt8], now: Instant) async throws -> APIToken?
    /// Notes a use. Callers ask at most once a minute for each token.
    func touchToken(_ id: APITokenID, now: Instant) async throws
}
