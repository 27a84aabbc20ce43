import SQL

extension Migrations {
    /// What boards said before, and the key under which a shared one is published.
    static let boards = Migration(
        version: 7, name: "boards",
        statements: [
            "ALTER TABLE ideaboards ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
            "ALTER TABLE ideaboards ADD COLUMN share_key TEXT",
            """
            CREATE TABLE ideaboard_versions (
                ideaboard_id TEXT NOT NULL REFERENCES ideaboards (id) ON DELETE CASCADE,
                number BIGINT NOT NULL,
                title TEXT NOT NULL,
                description TEXT,
                content TEXT NOT NULL,
                is_autosave BIGINT NOT NULL CHECK (is_autosave IN (0, 1)),
                started_at BIGINT NOT NULL,
                saved_at BIGINT NOT NULL,
                PRIMARY KEY (ideaboard_id, number)
            )
            """,
            """
            INSERT INTO ideaboard_versions (ideaboard_id, number, title, description, content, is_autosave, started_at,
                saved_at)
            SELECT id, 1, title, description, content, 0, updated_at, updated_at FROM ideaboards
            """,
            "CREATE UNIQUE INDEX ideaboards_by_share_key ON ideaboards (share_key)",
        ])
}
