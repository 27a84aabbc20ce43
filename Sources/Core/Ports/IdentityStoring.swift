/// Users who sign in elsewhere. Every write is one transaction.
package protocol IdentityStoring: Sendable {
    /// Whose identity it is. A new one makes a user with an empty site; the address is taken over only where nobody else
    /// has it.
    func owner(of identity: Identity, _ profile: IdentityProfile, now: Instant) async throws -> IdentityOwner
    /// Takes over what the issuer says, unless it is older than what it said before (`saidAt`, its own time). Never makes
    /// a user. `nil` when nothing changed.
    func update(_ identity: Identity, _ profile: IdentityProfile, saidAt: Instant, now: Instant) async throws -> Change?
    /// The identity is no more, also for what the issuer said before and is told later. Returns whose it was.
    func end(_ identity: Identity, now: Instant) async throws -> UserID?
    func identities(of user: UserID) async throws -> [Identity]
    /// False when the state was spent before. Remembers it until it has expired.
    func spendState(digest: [UInt8], until expiry: Instant, now: Instant) async throws -> Bool
}
