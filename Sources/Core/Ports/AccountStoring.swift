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

/// Accounts and sessions. Every write is one transaction.
package protocol AccountStoring: Sendable {
    /// Creates the user with an empty site, or returns `nil` when the address is taken.
    func createUser(_ user: NewUser, now: Instant) async throws -> UserID?
    /// As `createUser`, but only when there is no user yet at all: decided in the same transaction.
    func createFirstUser(_ user: NewUser, now: Instant) async throws -> UserID?
    func hasUsers() async throws -> Bool
    func credentials(email: String) async throws -> (user: UserID, password: PasswordHash)?
    func user(_ id: UserID) async throws -> User?
    /// Stores a session under the SHA-256 of its token, never the token.
    func createSession(_ session: Session, tokenDigest: [UInt8]) async throws
    /// The session under this digest unless it has expired or its user is gone.
    func session(tokenDigest: [UInt8], now: Instant) async throws -> Session?
    func deleteSession(tokenDigest: [UInt8]) async throws
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
