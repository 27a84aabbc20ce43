/// Links that are sent by mail. Every write is one transaction; a link that has expired is as good as none.
package protocol MailLinkStoring: Sendable {
    /// Notes the wish for a link and enqueues the job that sends it, whoever has or has not the address.
    func requestLink(_ link: MailLink, now: Instant) async throws
    func link(_ id: MailLinkID, now: Instant) async throws -> MailLink?
    /// Who has an account with this address.
    func user(email: String) async throws -> User?
    /// From now on the link can be followed by the token with this SHA-256, and by no earlier one.
    func arm(_ id: MailLinkID, tokenDigest: [UInt8], now: Instant) async throws
    func forget(_ id: MailLinkID) async throws

    /// The link that can be followed by this token; changes nothing.
    func link(tokenDigest: [UInt8], now: Instant) async throws -> MailLink?
    /// Makes the account, its address confirmed, and forgets all wishes for one with this address.
    func completeSignUp(tokenDigest: [UInt8], now: Instant) async throws -> LinkOutcome<UserID>
    /// As `AccountStoring.setPassword` for the session's user, if they have the link's address, which is confirmed by this.
    func completeReset(
        tokenDigest: [UInt8], password: PasswordHash, starting session: NewSession, now: Instant
    ) async throws -> LinkOutcome<UserID>
    /// Only for the user who asked for it; for anybody else the link is unknown, and stays.
    func completeEmailChange(tokenDigest: [UInt8], by user: UserID, now: Instant) async throws -> LinkOutcome<Change>
}
