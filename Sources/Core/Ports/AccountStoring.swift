/// A password hash with its parameters, as stored: `scrypt$N$r$p$salt$hash`, salt and hash in base64.
package struct PasswordHash: Sendable, Hashable {
    package let encoded: String

    package init(encoded: String) {
        self.encoded = encoded
    }
}

package struct NewUser: Sendable {
    package let email: String
    package let name: String?
    package let password: PasswordHash
    package let isOperator: Bool

    /// `email` is already validated, trimmed and lower-case.
    package init(email: String, name: String?, password: PasswordHash, isOperator: Bool) {
        (self.email, self.name, self.password, self.isOperator) = (email, name, password, isOperator)
    }
}

/// Accounts. Every write is one transaction. A user whose deletion was asked for is found by id alone.
package protocol AccountStoring: SessionStoring {
    /// Creates the user with an empty site, or returns `nil` when the address is taken.
    func createUser(_ user: NewUser, now: Instant) async throws -> UserID?
    /// As `createUser`, but only when there is no user yet at all: decided in the same transaction.
    func createFirstUser(_ user: NewUser, now: Instant) async throws -> UserID?
    func hasUsers() async throws -> Bool
    /// The user with this address and password; `nil` as well for one who has no password.
    func credentials(email: String) async throws -> (user: UserID, password: PasswordHash)?
    /// `nil` for a user without a password.
    func password(of user: UserID) async throws -> PasswordHash?
    func user(_ id: UserID) async throws -> User?
    /// Throws `StoreFailure.missing` when there is no such user.
    func setProfile(_ profile: Profile, of user: UserID, now: Instant) async throws -> Change
    /// `nil` when somebody else has the address; it is then left as it was. An address that nobody confirmed.
    func setEmail(_ email: String, of user: UserID, now: Instant) async throws -> Change?
    /// Sets the password, ends every session of the user and every reset link to them, starts `session`, if any, and
    /// enqueues the mail that tells them.
    func setPassword(_ password: PasswordHash, of user: UserID, starting session: NewSession?, now: Instant)
        async throws
    /// Ends the account at once: sessions, tokens, password and identities go, so that nobody gets in any more, and a
    /// job removes the rest. Asking again changes nothing. Returns that job.
    func requestDeletion(of user: UserID, now: Instant) async throws -> JobID
    /// How far such a job is; `nil` when it is none.
    func deletion(_ job: JobID) async throws -> JobStatus?
}

/// Everything that is kept about accounts.
package typealias AccountKeeping = AccountStoring & MailLinkStoring & IdentityStoring & WebhookRecording

/// A session together with what it is stored under: the SHA-256 of its token, never the token.
package struct NewSession: Sendable, Hashable {
    package let session: Session
    package let tokenDigest: [UInt8]

    package init(_ session: Session, tokenDigest: [UInt8]) {
        (self.session, self.tokenDigest) = (session, tokenDigest)
    }
}

/// Sessions. Every write is one transaction.
package protocol SessionStoring: Sendable {
    func createSession(_ session: Session, tokenDigest: [UInt8]) async throws
    /// The session under this digest unless it has expired or its user is gone.
    func session(tokenDigest: [UInt8], now: Instant) async throws -> Session?
    func deleteSession(tokenDigest: [UInt8]) async throws
    /// Last seen first; without those that have expired.
    func sessions(of user: UserID, now: Instant) async throws -> [Session]
    /// Ends one of the user's sessions; false when there is none.
    func deleteSession(_ id: SessionID, of user: UserID) async throws -> Bool
    /// Notes that the session was used; changes nothing else.
    func touchSession(_ id: SessionID, now: Instant) async throws
}

/// What `/status.json` tells the script about the signed-in user: everything in the frame that changes by itself.
package struct UserStatus: Sendable, Equatable {
    /// The newest observation among the user's trends.
    package let observedAt: Instant?
    package let newTrends: Int

    package init(observedAt: Instant?, newTrends: Int) {
        (self.observedAt, self.newTrends) = (observedAt, newTrends)
    }
}

package protocol StatusReading: Sendable {
    func status(of user: UserID) async throws -> UserStatus
    /// Who owns a watchlist, and the version under which its feed links were made; `nil` when it does not exist.
    func feed(of watchlist: WatchlistID) async throws -> (owner: UserID, version: Int64)?
}
