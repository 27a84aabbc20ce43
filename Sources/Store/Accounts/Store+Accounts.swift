import Core
import SQL

extension Store: AccountStoring {
    package func createUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        let (id, key) = (makeID(now) as UserID, Hex.text([UInt8](random())))
        return try await database.write { try $0.insert(user, id: id, siteKey: key, now: now) ? id : nil }
    }

    package func createFirstUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        let (id, key) = (makeID(now) as UserID, Hex.text([UInt8](random())))
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

    package func password(of user: UserID) async throws -> PasswordHash? {
        try await database.read { connection in
            try connection.first("SELECT password_hash FROM users WHERE id = \(user)") { row in
                row.optionalText(0).map(PasswordHash.init(encoded:))
            } ?? nil
        }
    }

    package func user(_ id: UserID) async throws -> User? {
        try await database.shortRead { try $0.user(id) }
    }

    package func setProfile(_ profile: Profile, of user: UserID, now: Instant) async throws -> Change {
        try await database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .user)
            try connection.execute(
                """
                UPDATE users SET name = \(profile.name), time_zone = \(profile.timeZone), updated_at = \(now)
                WHERE id = \(user)
                """)
            return Change(site: .user(user), revision: revision)
        }
    }

    package func setEmail(_ email: String, of user: UserID, now: Instant) async throws -> Change? {
        try await database.write { try $0.setEmail(email, of: user, confirmed: nil, now: now) }
    }

    package func setPassword(
        _ password: PasswordHash, of user: UserID, starting session: NewSession?, now: Instant
    ) async throws {
        let job: JobID = makeID(now)
        try await enqueuing { connection in
            try connection.setPassword(password, of: user, starting: session, now: now)
            try connection.enqueue(SendNoticeJob(user: user, kind: .passwordChanged), id: job, now: now)
        }
    }
}

extension Connection {
    /// False when the address is taken.
    func insert(_ user: NewUser, id: UserID, siteKey: String, now: Instant, confirmed: Instant? = nil) throws -> Bool {
        let inserted = try execute(
            """
            INSERT INTO users (id, email, name, password_hash, plan_id, is_operator, email_confirmed_at, created_at,
                updated_at)
            VALUES (\(id), \(user.email), \(user.name), \(user.password.encoded), \(User.firstPlan), \(user.isOperator),
                \(confirmed), \(now), \(now))
            ON CONFLICT (email) DO NOTHING
            """)
        guard inserted == 1 else { return false }
        try insertSite(of: id, key: siteKey)
        return true
    }

    /// Pages for a new user.
    func insertSite(of id: UserID, key siteKey: String) throws {
        try execute(
            """
            INSERT INTO sites (key, user_id, revision, feed_version, frame_revision, dashboard_revision,
                trend_lists_revision, trend_pages_revision, ideaboards_revision, downloads_revision, library_revision,
                settings_revision)
            VALUES (\(siteKey), \(id), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
            """)
    }

    func user(_ id: UserID) throws -> User? {
        try first("SELECT \(User.columns) FROM users WHERE id = \(id)", User.init)
    }

    /// `nil` when somebody else has the address. `confirmed` is when the user proved that it is theirs.
    func setEmail(_ email: String, of user: UserID, confirmed: Instant?, now: Instant) throws -> Change? {
        let other = try first("SELECT 1 FROM users WHERE email = \(email) AND id <> \(user)") { _ in true }
        guard other == nil else { return nil }
        let revision = try bumpSite(of: user, for: .user)
        try execute(
            """
            UPDATE users SET email = \(email), email_confirmed_at = \(confirmed), updated_at = \(now) WHERE id = \(user)
            """)
        return Change(site: .user(user), revision: revision)
    }

    func setPassword(_ password: PasswordHash, of user: UserID, starting session: NewSession?, now: Instant) throws {
        let set = try execute(
            """
            UPDATE users SET password_hash = \(password.encoded), updated_at = \(now)
            WHERE id = \(user) AND ending_at IS NULL
            """)
        guard set == 1 else { throw StoreFailure.missing("user \(user)") }
        try endSessions("user_id = \(user)")
        try execute(
            """
            DELETE FROM mail_links
            WHERE purpose = 'reset_password' AND email = (SELECT email FROM users WHERE id = \(user))
            """)
        if let session { try insert(session.session, tokenDigest: session.tokenDigest) }
    }
}

extension User {
    static let columns: Query = """
        id, email, name, is_operator, plan_id, time_zone, created_at,
        (SELECT digest FROM pictures WHERE pictures.user_id = users.id)
        """

    /// From a row of `columns`.
    init(_ row: Row) {
        self.init(
            id: row.id(0), email: row.address(1), name: row.optionalText(2), isOperator: row.bool(3),
            planID: row.text(4), timeZone: row.text(5), createdAt: row.instant(6))
        picture = row.optionalText(7).flatMap { PictureDigest($0) }
    }

    /// The plan of a new account.
    static let firstPlan = "free"
}
