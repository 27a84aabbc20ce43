import SQL

extension Migrations {
    /// What was begun and must be brought to its end, and what users took out of their lists for good.
    static let settling = Migration(
        version: 10, name: "settling",
        statements: [
            // The token changes with every mark, so that nobody clears one that was made after their look.
            """
            CREATE TABLE stale_posts (
                post_id TEXT PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
                is_changed BIGINT NOT NULL CHECK (is_changed IN (0, 1)),
                token BIGINT NOT NULL
            )
            """,
            "ALTER TABLE sites ADD COLUMN fan_outs BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE watchlists ADD COLUMN is_matched BIGINT NOT NULL DEFAULT 1 CHECK (is_matched IN (0, 1))",
            """
            CREATE TABLE removed_trends (
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                PRIMARY KEY (user_id, post_id)
            )
            """,
            "CREATE INDEX removed_trends_by_post ON removed_trends (post_id)",
        ])
}
