import Core
import SQL

extension Store: IdentityStoring {
    package func owner(
        of identity: Identity, _ profile: IdentityProfile, now: Instant
    ) async throws -> IdentityOwner {
        if let owner = try await database.shortRead({ try $0.owner(of: identity) }) { return owner }
        // Two first tokens of one person may come at once: who is second finds what the first has made.
        for _ in 0..<3 {
            let (id, key) = (makeID(now) as UserID, Hex.text([UInt8](random())))
            do {
                return try await database.write { connection in
                    if let owner = try connection.owner(of: identity) { return owner }
                    try connection.insert(profile, id: id, siteKey: key, now: now)
                    try connection.insert(identity, of: id, now: now)
                    return .user(id, isNew: true)
                }
            } catch is IdentityRace {}
        }
        throw StoreFailure.taken("the identity \(identity.subject)")
    }

    package func update(
        _ identity: Identity, _ profile: IdentityProfile, saidAt: Instant, now: Instant
    ) async throws -> Change? {
        try await database.write { connection in
            let user = try connection.first(
                """
                UPDATE identities SET said_at = \(saidAt)
                WHERE issuer = \(identity.issuer) AND subject = \(identity.subject) AND user_id IS NOT NULL
                    AND (said_at IS NULL OR said_at <= \(saidAt))
                RETURNING user_id
                """
            ) { $0.id(0) as UserID }
            guard let user, let known = try connection.user(user) else { return nil }
            return try connection.update(known, profile, now: now)
        }
    }

    package func end(_ identity: Identity, now: Instant) async throws -> UserID? {
        try await database.write { connection in
            let owner = try connection.owner(of: identity)
            try connection.execute(
                """
                INSERT INTO identities (issuer, subject, ended_at, created_at)
                VALUES (\(identity.issuer), \(identity.subject), \(now), \(now))
                ON CONFLICT (issuer, subject) DO UPDATE SET user_id = NULL, ended_at = \(now)
                """)
            if case .user(let user, _) = owner { return user }
            return nil
        }
    }

    package func identities(of user: UserID) async throws -> [Identity] {
        try await database.read { connection in
            try connection.rows(
                "SELECT issuer, subject FROM identities WHERE user_id = \(user) ORDER BY created_at, issuer, subject"
            ) { Identity(issuer: $0.text(0), subject: $0.text(1)) }
        }
    }

    package func spendState(digest: [UInt8], until expiry: Instant, now: Instant) async throws -> Bool {
        try await database.write { connection in
            try connection.execute("DELETE FROM spent_states WHERE expires_at <= \(now)")
            let spent = try connection.execute(
                """
                INSERT INTO spent_states (digest, expires_at) VALUES (\(digest), \(expiry))
                ON CONFLICT (digest) DO NOTHING
                """)
            return spent == 1
        }
    }
}

/// The identity was made by somebody else in the meantime.
private struct IdentityRace: Error {}

extension Connection {
    /// `nil` when it was never seen.
    fileprivate func owner(of identity: Identity) throws -> IdentityOwner? {
        try first(
            "SELECT user_id FROM identities WHERE issuer = \(identity.issuer) AND subject = \(identity.subject)"
        ) { row in row.optionalText(0).map { .user(UserID(rawValue: $0), isNew: false) } ?? .gone }
    }

    fileprivate func insert(_ identity: Identity, of user: UserID, now: Instant) throws {
        let inserted = try execute(
            """
            INSERT INTO identities (issuer, subject, user_id, created_at)
            VALUES (\(identity.issuer), \(identity.subject), \(user), \(now))
            ON CONFLICT (issuer, subject) DO NOTHING
            """)
        if inserted == 0 { throw IdentityRace() }
    }

    /// A user without a password, with the address where nobody else has it.
    fileprivate func insert(_ profile: IdentityProfile, id: UserID, siteKey: String, now: Instant) throws {
        for email in [profile.email, nil] {
            let confirmed = email.map { _ in now }
            let inserted = try execute(
                """
                INSERT INTO users (id, email, name, plan_id, is_operator, email_confirmed_at, created_at, updated_at)
                VALUES (\(id), \(email ?? id.rawValue), \(profile.name), \(User.firstPlan), 0, \(confirmed), \(now), \(now))
                ON CONFLICT (email) DO NOTHING
                """)
            if inserted == 1 { return try insertSite(of: id, key: siteKey) }
        }
    }

    /// What the issuer does not say stays as it is.
    fileprivate func update(_ user: User, _ profile: IdentityProfile, now: Instant) throws -> Change? {
        var change: Change?
        if let email = profile.email, email != user.email {
            change = try setEmail(email, of: user.id, confirmed: now, now: now)
        }
        if let name = profile.name, name != user.name {
            let revision = try bumpSite(of: user.id, for: .user)
            try execute("UPDATE users SET name = \(name), updated_at = \(now) WHERE id = \(user.id)")
            change = Change(site: .user(user.id), revision: revision)
        }
        return change
    }
}
