import SQL

extension Migrations {
    /// What users look like, one picture each; the bytes stand last, so that reading its name does not read them.
    static let pictures = Migration(
        version: 9, name: "pictures",
        statements: [
            """
            CREATE TABLE pictures (
                user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                digest TEXT NOT NULL,
                media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
                created_at BIGINT NOT NULL,
                bytes BYTEA NOT NULL
            )
            """
        ])
}
