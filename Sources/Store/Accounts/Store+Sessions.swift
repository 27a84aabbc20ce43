import Core
import SQL

extension Store: SessionStoring {
    package func createSession(_ session: Session, tokenDigest: [UInt8]) async throws {
        try await database.write { try $0.insert(session, tokenDigest: tokenDigest) }
    }

    package func session(tokenDigest: [UInt8], now: Instant) async throws -> Session? {
        try await database.shortRead { connection in
            try connection.first(
                """
                SELECT \(Session.columns) FROM sessions WHERE token_digest = \(tokenDigest) AND expires_at > \(now)
                """, Session.init)
        }
    }

    package func deleteSession(tokenDigest: [UInt8]) async throws {
        try await database.write { _ = try $0.endSessions("token_digest = \(tokenDigest)") }
    }

    package func sessions(of user: UserID, now: Instant) async throws -> [Session] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT \(Session.columns) FROM sessions WHERE user_id = \(user) AND expires_at > \(now)
                ORDER BY coalesce(seen_at, created_at) DESC, id DESC
                """, Session.init)
        }
    }

    package func deleteSession(_ id: SessionID, of user: UserID) async throws -> Bool {
        try await database.write { connection in
            try connection.endSessions("id = \(id) AND user_id = \(user)") == 1
        }
    }

    package func touchSession(_ id: SessionID, now: Instant) async throws {
        try await database.write { connection in
            try connection.execute("UPDATE sessions SET seen_at = \(now) WHERE id = \(id)")
        }
    }
}

extension Connection {
    /// Ends the sessions that `condition` names, and tells the other processes. Returns how many there were.
    @discardableResult
    func endSessions(_ condition: Query) throws -> Int {
        let users: [UserID] = try rows("DELETE FROM sessions WHERE \(condition) RETURNING user_id") { $0.id(0) }
        for user in Set(users) { try announce(.signOut, user.rawValue) }
        return users.count
    }

    func insert(_ session: Session, tokenDigest: [UInt8]) throws {
        try execute(
            """
            INSERT INTO sessions (id, user_id, token_digest, created_at, expires_at, seen_at, user_agent)
            VALUES (\(session.id), \(session.userID), \(tokenDigest), \(session.createdAt), \(session.expiresAt),
                \(session.seenAt), \(session.userAgent))
            """)
    }
}

extension Session {
    static let columns: Query = "id, user_id, created_at, expires_at, seen_at, user_agent"

    /// From a row of `columns`.
    init(_ row: Row) {
        self.init(
            id: row.id(0), userID: row.id(1), createdAt: row.instant(2), expiresAt: row.instant(3),
            seenAt: row.optionalInstant(4), userAgent: row.optionalText(5))
    }
}
