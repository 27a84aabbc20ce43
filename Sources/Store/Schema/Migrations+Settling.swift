import SQL

extension Migrations {
    /// What was begun and must be brought to its end, and what users took out of their lists for good.
    static let settling = Migration(
        version: 10, name: "settling",
        statements: [
            // Every operation has a token of its own, so that nobody clears what another marked.
            """
            CREATE TABLE stale_posts (
                token BIGINT NOT NULL,
                post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                is_changed BIGINT NOT NULL CHECK (is_changed IN (0, 1)),
                scope TEXT NOT NULL,
                PRIMARY KEY (token, post_id)
            )
            """,
            "CREATE INDEX stale_posts_by_post ON stale_posts (post_id)",
            "ALTER TABLE sites ADD COLUMN fan_outs BIGINT NOT NULL DEFAULT 0",
            // 0, or what names the change of the rule that not every post was matched against yet.
            "ALTER TABLE watchlists ADD COLUMN matching BIGINT NOT NULL DEFAULT 0",
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
