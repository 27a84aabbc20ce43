import SQL

extension Migrations {
    /// What is used of plans and of rate limits, and who was there on which day.
    static let usage = Migration(
        version: 5, name: "usage",
        statements: [
            """
            CREATE TABLE user_usage (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                usage_type TEXT NOT NULL,
                count BIGINT NOT NULL CHECK (count >= 0),
                reserved BIGINT NOT NULL CHECK (reserved >= 0),
                period_start BIGINT NOT NULL,
                period_end BIGINT NOT NULL,
                archived_at BIGINT,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL,
                UNIQUE (user_id, usage_type, period_start)
            )
            """,
            "CREATE INDEX user_usage_by_end ON user_usage (period_end)",
            """
            CREATE TABLE usage_reservations (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                usage_type TEXT NOT NULL,
                units BIGINT NOT NULL CHECK (units > 0),
                period_start BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'refunded')),
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX usage_reservations_by_expiry ON usage_reservations (state, expires_at)",
            "CREATE INDEX usage_reservations_by_user ON usage_reservations (user_id, state, expires_at)",
            """
            CREATE TABLE permits (
                key TEXT NOT NULL,
                window_start BIGINT NOT NULL,
                taken BIGINT NOT NULL,
                PRIMARY KEY (key, window_start)
            )
            """,
            "CREATE INDEX permits_by_window ON permits (window_start)",
            """
            CREATE TABLE active_days (
                day BIGINT NOT NULL,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                PRIMARY KEY (day, user_id)
            )
            """,
            "CREATE INDEX active_days_by_user ON active_days (user_id)",
        ])
}
