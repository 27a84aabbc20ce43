import SQL

extension Migrations {
    /// Sessions one can tell apart, links by mail, personal tokens, identities of other issuers, the webhook ledger.
    ///
    /// `users.email` stays unique and not null: a user without an address has their own id there, which holds no @.
    static let accounts = Migration(
        version: 2, name: "accounts",
        statements: [
            "ALTER TABLE users ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC'",
            "ALTER TABLE users ADD COLUMN email_confirmed_at BIGINT",
            // When its deletion was asked for: nobody gets in any more.
            "ALTER TABLE users ADD COLUMN ending_at BIGINT",
            "ALTER TABLE sessions ADD COLUMN seen_at BIGINT",
            "ALTER TABLE sessions ADD COLUMN user_agent TEXT",
            """
            CREATE TABLE mail_links (
                id TEXT PRIMARY KEY,
                purpose TEXT NOT NULL CHECK (purpose IN ('sign_up', 'reset_password', 'change_email')),
                email TEXT NOT NULL,
                user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
                name TEXT,
                password_hash TEXT,
                token_digest BYTEA UNIQUE,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                CHECK ((purpose = 'change_email') = (user_id IS NOT NULL)),
                CHECK ((purpose = 'sign_up') = (password_hash IS NOT NULL))
            )
            """,
            "CREATE INDEX mail_links_by_email ON mail_links (email)",
            "CREATE INDEX mail_links_by_user ON mail_links (user_id)",
            "CREATE INDEX mail_links_by_expiry ON mail_links (expires_at)",
            """
            CREATE TABLE api_tokens (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                scopes_json TEXT NOT NULL,
                token_digest BYTEA NOT NULL UNIQUE,
                created_at BIGINT NOT NULL,
                last_used_at BIGINT,
                expires_at BIGINT
            )
            """,
            "CREATE INDEX api_tokens_by_user ON api_tokens (user_id)",
            // Without a user once the issuer said that it is no more; the row stays, so that nothing brings it back.
            """
            CREATE TABLE identities (
                issuer TEXT NOT NULL,
                subject TEXT NOT NULL,
                user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
                said_at BIGINT,
                ended_at BIGINT,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (issuer, subject),
                CHECK ((user_id IS NULL) = (ended_at IS NOT NULL))
            )
            """,
            "CREATE INDEX identities_by_user ON identities (user_id)",
            """
            CREATE TABLE spent_states (
                digest BYTEA PRIMARY KEY,
                expires_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE webhook_events (
                source TEXT NOT NULL,
                event_id TEXT NOT NULL,
                type TEXT NOT NULL,
                body TEXT NOT NULL,
                received_at BIGINT NOT NULL,
                applied_at BIGINT,
                PRIMARY KEY (source, event_id)
            )
            """,
            "CREATE INDEX webhook_events_by_time ON webhook_events (received_at)",
        ])
}
