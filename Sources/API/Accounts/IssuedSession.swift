import Core

/// A session that no browser asked for: benchmarks sign their users in with it.
package enum IssuedSession {
    /// The `Cookie` header of a new session of the user, at the installation with this address.
    package static func cookie(
        of user: UserID, in store: any SessionStoring, at address: PublicAddress, now: Instant
    ) async throws -> String {
        let sessions = Sessions(store, address: address, now: { now })
        return "\(sessions.cookie.name)=\(try await sessions.open(for: user, [:]).text)"
    }
}
