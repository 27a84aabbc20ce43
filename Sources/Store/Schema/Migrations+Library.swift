import SQL

extension Migrations {
    /// Collections of the library; each row of `collection_items` holds either a trend or an ideaboard.
    static let library = Migration(
        version: 8, name: "library",
        statements: [
            """
            CREATE TABLE collections (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                name_key TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL,
                UNIQUE (user_id, name_key)
            )
            """,
            """
            CREATE TABLE collection_items (
                collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
                trend_id TEXT REFERENCES trends (id) ON DELETE CASCADE,
                ideaboard_id TEXT REFERENCES ideaboards (id) ON DELETE CASCADE,
                added_at BIGINT NOT NULL,
                UNIQUE (collection_id, trend_id),
                UNIQUE (collection_id, ideaboard_id),
                CHECK ((trend_id IS NULL) <> (ideaboard_id IS NULL))
            )
            """,
            "CREATE INDEX collection_items_by_trend ON collection_items (trend_id)",
            "CREATE INDEX collection_items_by_ideaboard ON collection_items (ideaboard_id)",
        ])
}
