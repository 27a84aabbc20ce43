import Core
import SQL

extension Store: AccountStoring {
    package func createUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        let (id, key) = (makeID(now) as UserID, hexText([UInt8](random())))
        return try await database.write { try $0.insert(user, id: id, siteKey: key, now: now) ? id : nil }
    }

    package func createFirstUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        let (id, key) = (makeID(now) as UserID, hexText([UInt8](random())))
        return try await database.write { connection in
            guard try connection.first("SELECT 1 FROM users LIMIT 1", { _ in true }) == nil else { return nil }
            return try connection.insert(user, id: id, siteKey: key, now: now) ? id : nil
        }
    }

    package func hasUsers() async throws -> Bool {
        try await database.read { try $0.first("SELECT 1 FROM users LIMIT 1") { _ in true } ?? false }
    }

    package func credentials(email: String) async throws -> (user: UserID, password: PasswordHash)? {
        try await database.read { connection in
            try connection.first("SELECT id, password_hash FROM users WHERE email = \(email)") { row in
                row.optionalText(1).map { (row.id(0), PasswordHash(encoded: $0)) }
            } ?? nil
        }
    }

    package func user(_ id: UserID) async throws -> User? {
        try await database.read { try $0.user(id) }
    }

    package func createSession(_ session: Session, tokenDigest: [UInt8]) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO sessions (id, user_id, token_digest, created_at, expires_at)
                VALUES (\(session.id), \(session.userID), \(tokenDigest), \(session.createdAt), \(session.expiresAt))
                """)
        }
    }

    package func session(tokenDigest: [UInt8], now: Instant) async throws -> Session? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT id, user_id, created_at, expires_at FROM sessions
                WHERE token_digest = \(tokenDigest) AND expires_at > \(now)
                """
            ) { Session(id: $0.id(0), userID: $0.id(1), createdAt: $0.instant(2), expiresAt: $0.instant(3)) }
        }
    }

    package func deleteSession(tokenDigest: [UInt8]) async throws {
        try await database.write { try $0.execute("DELETE FROM sessions WHERE token_digest = \(tokenDigest)") }
    }
}

extension Connection {
    /// False when the address is taken.
    fileprivate func insert(_ user: NewUser, id: UserID, siteKey: String, now: Instant) throws -> Bool {
        let inserted = try execute(
            """
            INSERT INTO users (id, email, name, password_hash, plan_id, is_operator, created_at, updated_at)
            VALUES (\(id), \(user.email), \(user.name), \(user.password.encoded), \(User.firstPlan), \(user.isOperator),
                \(now), \(now))
            ON CONFLICT (email) DO NOTHING
            """)
        guard inserted == 1 else { return false }
        try execute(
            """
            INSERT INTO sites (key, user_id, revision, feed_version, frame_revision, dashboard_revision,
                trend_lists_revision, trend_pages_revision, ideaboards_revision, downloads_revision, library_revision,
                settings_revision)
            VALUES (\(siteKey), \(id), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
            """)
        return true
    }

    func user(_ id: UserID) throws -> User? {
        try first("SELECT id, email, name, is_operator, plan_id, created_at FROM users WHERE id = \(id)") { row in
            User(
                id: row.id(0), email: row.text(1), name: row.optionalText(2), isOperator: row.bool(3),
                planID: row.text(4), createdAt: row.instant(5))
        }
    }
}

extension User {
    /// The plan of a new account.
    static let firstPlan = "free"
}
