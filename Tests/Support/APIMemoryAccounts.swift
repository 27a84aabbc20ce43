import Core
import Synchronization

/// Accounts and sessions in memory, with the promises of the port.
package final class MemoryAccounts: AccountStoring {
    private struct State {
        var users: [UserID: User] = [:]
        var passwords: [String: (user: UserID, password: PasswordHash)] = [:]
        var sessions: [[UInt8]: Session] = [:]
        var made = 0
    }
    private let state = Mutex(State())

    package init() {}

    package var sessionDigests: [[UInt8]] { state.withLock { Array($0.sessions.keys) } }

    /// Knows a user whose rows are elsewhere.
    package func adopt(_ user: User) { state.withLock { $0.users[user.id] = user } }

    package func createUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        state.withLock { Self.create(user, now: now, in: &$0) }
    }

    package func createFirstUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        state.withLock { $0.users.isEmpty ? Self.create(user, now: now, in: &$0) : nil }
    }

    package func hasUsers() async throws -> Bool { state.withLock { !$0.users.isEmpty } }

    package func credentials(email: String) async throws -> (user: UserID, password: PasswordHash)? {
        state.withLock { $0.passwords[email] }
    }

    package func user(_ id: UserID) async throws -> User? { state.withLock { $0.users[id] } }

    package func createSession(_ session: Session, tokenDigest: [UInt8]) async throws {
        state.withLock { $0.sessions[tokenDigest] = session }
    }

    package func session(tokenDigest: [UInt8], now: Instant) async throws -> Session? {
        state.withLock { state in
            guard let session = state.sessions[tokenDigest], session.expiresAt > now else { return nil }
            return state.users[session.userID] == nil ? nil : session
        }
    }

    package func deleteSession(tokenDigest: [UInt8]) async throws {
        state.withLock { $0.sessions[tokenDigest] = nil }
    }

    private static func create(_ user: NewUser, now: Instant, in state: inout State) -> UserID? {
        guard state.passwords[user.email] == nil else { return nil }
        state.made += 1
        let id = UserID(at: now, randomness: (UInt64(state.made), UInt64(state.made)))
        state.users[id] = User(
            id: id, email: user.email, name: user.name, isOperator: user.isOperator, planID: "free", createdAt: now)
        state.passwords[user.email] = (id, user.password)
        return id
    }
}
