import Core
import Synchronization

/// Personal tokens in memory, with the promises of the port.
package final class MemoryTokens: TokenStoring {
    private let tokens = Mutex<[[UInt8]: APIToken]>([:])

    package init() {}

    package func add(_ token: APIToken, digest: [UInt8]) { tokens.withLock { $0[digest] = token } }

    package func revoke(digest: [UInt8]) { tokens.withLock { $0[digest] = nil } }

    package func stored(_ digest: [UInt8]) -> APIToken? { tokens.withLock { $0[digest] } }

    package func token(digest: [UInt8], now: Instant) async throws -> APIToken? {
        guard let token = tokens.withLock({ $0[digest] }) else { return nil }
        return token.expiresAt.map { $0 <= now } == true ? nil : token
    }

    package func touchToken(_ id: APITokenID, now: Instant) async throws {
        tokens.withLock { tokens in
            for (digest, token) in tokens where token.id == id {
                tokens[digest] = APIToken(
                    id: id, userID: token.userID, name: token.name, scopes: token.scopes,
                    times: (token.createdAt, now, token.expiresAt))
            }
        }
    }
}

extension MemoryTokens: TokenEditing {
    package func tokens(of user: UserID) async throws -> [APIToken] {
        tokens.withLock { $0.values.filter { $0.userID == user } }.sorted {
            ($0.createdAt, $0.id) > ($1.createdAt, $1.id)
        }
    }

    package func createToken(_ token: APIToken, digest: [UInt8]) async throws -> Change {
        try tokens.withLock { tokens in
            guard tokens.values.count(where: { $0.userID == token.userID }) < APIToken.most else {
                throw StoreFailure.taken("each place for a token")
            }
            tokens[digest] = token
            return Change(site: .user(token.userID), revision: 2)
        }
    }

    package func revokeToken(_ id: APITokenID, of user: UserID) async throws -> Change {
        try tokens.withLock { tokens in
            guard let found = tokens.first(where: { $0.value.id == id && $0.value.userID == user }) else {
                throw StoreFailure.missing("token \(id)")
            }
            tokens[found.key] = nil
            return Change(site: .user(user), revision: 2)
        }
    }
}

/// Remembers what was to be published; can be made to fail or to hang until told.
package final class RecordedPublishing: Publishing {
    package enum Manner: Sendable { case succeeds, fails, hangs }

    private let state = Mutex<(manner: Manner, changes: [Change])>((.succeeds, []))

    package init() {}

    package var changes: [Change] { state.withLock { $0.changes } }

    package func behave(_ manner: Manner) { state.withLock { $0.manner = manner } }

    package func publish(_ change: Change) async throws {
        let manner = state.withLock { state in
            state.changes.append(change)
            return state.manner
        }
        switch manner {
        case .succeeds: break
        case .fails: throw CancellationError()
        case .hangs: try await Task.sleep(for: .seconds(3600))
        }
    }
}
