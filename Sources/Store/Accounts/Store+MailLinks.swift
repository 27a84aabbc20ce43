import Core
import SQL

extension Store: MailLinkStoring {
    package func requestLink(_ link: MailLink, now: Instant) async throws {
        let job: JobID = makeID(now)
        try await enqueuing { connection in
            try connection.execute("DELETE FROM mail_links WHERE expires_at <= \(now)")
            try connection.insert(link, now: now)
            try connection.enqueue(SendLinkJob(link: link.id), JobTerms(priority: 10), id: job, now: now)
        }
    }

    package func link(_ id: MailLinkID, now: Instant) async throws -> MailLink? {
        try await database.read { try $0.link("id = \(id)", now: now) }
    }

    package func user(email: String) async throws -> User? {
        try await database.read { try $0.user(email: email) }
    }

    package func arm(_ id: MailLinkID, tokenDigest: [UInt8], now: Instant) async throws {
        try await database.write { connection in
            try connection.execute(
                "UPDATE mail_links SET token_digest = \(tokenDigest) WHERE id = \(id) AND expires_at > \(now)")
        }
    }

    package func forget(_ id: MailLinkID) async throws {
        try await database.write { try $0.execute("DELETE FROM mail_links WHERE id = \(id)") }
    }

    package func link(tokenDigest: [UInt8], now: Instant) async throws -> MailLink? {
        try await database.read { try $0.link("token_digest = \(tokenDigest)", now: now) }
    }

    package func completeSignUp(tokenDigest: [UInt8], now: Instant) async throws -> LinkOutcome<UserID> {
        let (id, key) = (makeID(now) as UserID, Hex.text([UInt8](random())))
        return try await database.write { connection in
            guard let link = try connection.take(tokenDigest, now: now, where: "purpose = 'sign_up'"),
                case .signUp(let name, let password) = link.purpose
            else { return .unknown }
            try connection.execute("DELETE FROM mail_links WHERE purpose = 'sign_up' AND email = \(link.email)")
            let user = NewUser(email: link.email, name: name, password: password, isOperator: false)
            return try connection.insert(user, id: id, siteKey: key, now: now, confirmed: now) ? .done(id) : .taken
        }
    }

    package func completeReset(
        tokenDigest: [UInt8], password: PasswordHash, starting session: NewSession, now: Instant
    ) async throws -> LinkOutcome<UserID> {
        let (user, job) = (session.session.userID, makeID(now) as JobID)
        return try await enqueuing { connection in
            guard let link = try connection.take(tokenDigest, now: now, where: "purpose = 'reset_password'"),
                try connection.user(email: link.email)?.id == user
            else { return .unknown }
            try connection.setPassword(password, of: user, starting: session, now: now)
            try connection.execute("UPDATE users SET email_confirmed_at = \(now) WHERE id = \(user)")
            try connection.enqueue(SendNoticeJob(user: user, kind: .passwordChanged), id: job, now: now)
            return .done(user)
        }
    }

    package func completeEmailChange(
        tokenDigest: [UInt8], by user: UserID, now: Instant
    ) async throws -> LinkOutcome<Change> {
        let job: JobID = makeID(now)
        return try await enqueuing { connection in
            let theirs: Query = "purpose = 'change_email' AND user_id = \(user)"
            guard let link = try connection.take(tokenDigest, now: now, where: theirs) else { return .unknown }
            try connection.execute("DELETE FROM mail_links WHERE purpose = 'change_email' AND user_id = \(user)")
            let old = try connection.user(user)?.email
            guard let change = try connection.setEmail(link.email, of: user, confirmed: now, now: now) else {
                return .taken
            }
            if let old {
                let notice = SendNoticeJob(user: user, kind: .emailChanged, recipient: old)
                try connection.enqueue(notice, id: job, now: now)
            }
            return .done(change)
        }
    }
}

extension Connection {
    /// The user with this address, unless they are about to go.
    func user(email: String) throws -> User? {
        try first("SELECT \(User.columns) FROM users WHERE email = \(email) AND ending_at IS NULL", User.init)
    }

    fileprivate func link(_ condition: Query, now: Instant) throws -> MailLink? {
        let query: Query = "SELECT \(MailLink.columns) FROM mail_links WHERE \(condition) AND expires_at > \(now)"
        return try first(query, MailLink.init) ?? nil
    }

    /// Removes the link, so that of several who follow it one alone gets it.
    fileprivate func take(_ tokenDigest: [UInt8], now: Instant, where condition: Query) throws -> MailLink? {
        let query: Query = """
            DELETE FROM mail_links WHERE token_digest = \(tokenDigest) AND expires_at > \(now) AND \(condition)
            RETURNING \(MailLink.columns)
            """
        return try first(query, MailLink.init) ?? nil
    }

    fileprivate func insert(_ link: MailLink, now: Instant) throws {
        let (purpose, user, name, password): (String, UserID?, String?, String?) =
            switch link.purpose {
            case .signUp(let name, let password): ("sign_up", nil, name, password.encoded)
            case .resetPassword: ("reset_password", nil, nil, nil)
            case .changeEmail(let user): ("change_email", user, nil, nil)
            }
        try execute(
            """
            INSERT INTO mail_links (id, purpose, email, user_id, name, password_hash, created_at, expires_at)
            VALUES (\(link.id), \(purpose), \(link.email), \(user), \(name), \(password), \(now), \(link.expiresAt))
            """)
    }
}

extension MailLink {
    fileprivate static let columns: Query = "id, purpose, email, user_id, name, password_hash, expires_at"

    /// From a row of `columns`; `nil` for a purpose that this program does not know.
    fileprivate init?(_ row: Row) {
        let purpose: Purpose
        switch (row.text(1), row.optionalText(3), row.optionalText(5)) {
        case ("sign_up", _, let password?):
            purpose = .signUp(name: row.optionalText(4), password: PasswordHash(encoded: password))
        case ("reset_password", _, _): purpose = .resetPassword
        case ("change_email", let user?, _): purpose = .changeEmail(UserID(rawValue: user))
        default: return nil
        }
        self.init(id: row.id(0), purpose: purpose, email: row.text(2), expiresAt: row.instant(6))
    }
}
