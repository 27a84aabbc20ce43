import Core
import HTTPTypes
import Synchronization

/// Who is signed in. Remembers what the store said for at most a second, so that a page costs no query.
///
/// Signing out here takes effect at once; signing out in another process within that second.
package final class Sessions: Sendable {
    let cookie: SessionCookie
    private let store: any SessionStoring
    private let now: @Sendable () -> Instant
    private let memory = Mutex(Memory())
    /// Told of everybody who is found to be signed in, about once a second each.
    private let onSeen: @Sendable (UserID) -> Void
    /// Told whose sessions may have ended.
    private let onForgotten: @Sendable (Set<UserID>) -> Void

    private struct Memory {
        var sessions: [SessionToken: (session: Session, until: Instant)] = [:]
        /// Raised by each sign-out: what was read from the store before it is not remembered after it.
        var generation = 0
    }

    private static let lifetimeInMemory: Int64 = 1000
    /// How fine the time is noted at which a session was last used, in seconds.
    private static let seenInterval: Int64 = 600
    private static let capacity = 10_000

    package init(
        _ store: any SessionStoring, address: PublicAddress, now: @escaping @Sendable () -> Instant,
        onSeen: @escaping @Sendable (UserID) -> Void = { _ in },
        onForgotten: @escaping @Sendable (Set<UserID>) -> Void = { _ in }
    ) {
        (self.store, self.now, self.onSeen, self.onForgotten) = (store, now, onSeen, onForgotten)
        cookie = SessionCookie(isSecure: address.isSecure)
    }

    /// The session of the `Cookie` header, if it was looked up within the last second.
    func remembered(_ header: String?) -> Session? {
        guard let token = cookie.token(in: header) else { return nil }
        let now = now()
        return memory.withLock { memory in
            guard let known = memory.sessions[token], known.until > now else { return nil }
            return known.session
        }
    }

    /// The session of the `Cookie` header, asked of the store if need be.
    func session(_ header: String?) async throws -> Session? {
        if let known = remembered(header) { return known }
        guard let token = cookie.token(in: header) else { return nil }
        let generation = memory.withLock { $0.generation }
        let now = now()
        guard let session = try await store.session(tokenDigest: token.digest, now: now) else { return nil }
        if session.seenAt.adding(seconds: Self.seenInterval) <= now {
            try await store.touchSession(session.id, now: now)
        }
        remember(session, token, generation: generation, now: now)
        onSeen(session.userID)
        return session
    }

    /// Signs the user in under a new token and ends the session that the browser had before.
    func open(for user: UserID, _ headers: HTTPFields) async throws -> SessionToken {
        let token = SessionToken.random()
        let new = make(for: user, under: token, headers)
        try await store.createSession(new.session, tokenDigest: new.tokenDigest)
        try await close(headers[.cookie])
        return token
    }

    /// A session that is not stored yet, for a browser that sent these headers.
    func make(for user: UserID, under token: SessionToken, _ headers: HTTPFields) -> NewSession {
        let now = now()
        var source = SystemRandomNumberGenerator()
        let session = Session(
            id: SessionID(at: now, randomness: (source.next(), source.next())), userID: user, createdAt: now,
            expiresAt: now.adding(seconds: APISettings.sessionLifetime), userAgent: Self.userAgent(headers))
        return NewSession(session, tokenDigest: token.digest)
    }

    /// Ends the session; one that does not exist is already ended.
    func close(_ header: String?) async throws {
        guard let token = cookie.token(in: header) else { return }
        try await store.deleteSession(tokenDigest: token.digest)
        forget { $0.0 == token }
    }

    /// Asks the store again about every session of the user: some of them may have ended.
    func forget(of user: UserID) {
        forget { $0.1.userID == user }
    }

    private func forget(_ isGone: ((SessionToken, Session)) -> Bool) {
        let users = memory.withLock { memory in
            let gone = memory.sessions.filter { isGone(($0.key, $0.value.session)) }
            memory.generation += 1
            for token in gone.keys { memory.sessions[token] = nil }
            return Set(gone.values.map(\.session.userID))
        }
        onForgotten(users)
    }

    /// Text from outside: without control characters, at most 200 bytes long.
    private static func userAgent(_ headers: HTTPFields) -> String? {
        guard let text = headers[.userAgent], !text.isEmpty else { return nil }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.isASCII }.prefix(200)))
    }

    private func remember(_ session: Session, _ token: SessionToken, generation: Int, now: Instant) {
        let end = Instant(milliseconds: now.milliseconds + Self.lifetimeInMemory)
        memory.withLock { memory in
            guard memory.generation == generation else { return }
            if memory.sessions.count >= Self.capacity {
                memory.sessions = memory.sessions.filter { $0.value.until > now }
            }
            if memory.sessions.count >= Self.capacity { memory.sessions.removeAll(keepingCapacity: true) }
            memory.sessions[token] = (session, min(end, session.expiresAt))
        }
    }
}
