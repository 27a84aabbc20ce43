import SQL

extension Migrations {
    /// What lists of trends are filtered and ordered by, on the trend's own row or beside it.
    static let trends = Migration(
        version: 4, name: "trends",
        statements: [
            "ALTER TABLE trends ADD COLUMN views BIGINT",
            """
            UPDATE trends SET views = (
                SELECT snapshots.views FROM snapshots
                WHERE snapshots.post_id = trends.post_id AND snapshots.views IS NOT NULL
                ORDER BY snapshots.observed_at DESC LIMIT 1)
            """,
            """
            CREATE TABLE trend_tags (
                trend_id TEXT NOT NULL REFERENCES trends (id) ON DELETE CASCADE,
                tag TEXT NOT NULL,
                PRIMARY KEY (trend_id, tag)
            )
            """,
            "CREATE INDEX trend_tags_by_tag ON trend_tags (tag)",
        ])
}
