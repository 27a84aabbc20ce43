import SQL

/// The schema's history, oldest first. A step is never edited once released.
enum Migrations {
    static let all: [Migration] = [spine, accounts, jobs, trends, usage, boards, library, pictures, settling]

    /// Types are those both engines accept: BIGINT instants (milliseconds since 1970 UTC), TEXT ids and states, BYTEA.
    private static let spine = Migration(
        version: 1, name: "spine",
        statements: [
            """
            CREATE TABLE installation (
                id BIGINT PRIMARY KEY CHECK (id = 1),
                database_id TEXT NOT NULL,
                server_key BYTEA NOT NULL
            )
            """,
            """
            CREATE TABLE users (
                id TEXT PRIMARY KEY,
                email TEXT NOT NULL UNIQUE,
                name TEXT,
                password_hash TEXT,
                plan_id TEXT NOT NULL,
                is_operator BIGINT NOT NULL CHECK (is_operator IN (0, 1)),
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE sessions (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                token_digest BYTEA NOT NULL UNIQUE,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX sessions_by_user ON sessions (user_id)",
            """
            CREATE TABLE sites (
                key TEXT PRIMARY KEY,
                user_id TEXT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
                revision BIGINT NOT NULL,
                feed_version BIGINT NOT NULL,
                frame_revision BIGINT NOT NULL,
                dashboard_revision BIGINT NOT NULL,
                trend_lists_revision BIGINT NOT NULL,
                trend_pages_revision BIGINT NOT NULL,
                ideaboards_revision BIGINT NOT NULL,
                downloads_revision BIGINT NOT NULL,
                library_revision BIGINT NOT NULL,
                settings_revision BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE watchlists (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                rule_json TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX watchlists_by_user ON watchlists (user_id, id)",
            """
            CREATE TABLE authors (
                id TEXT PRIMARY KEY,
                platform TEXT NOT NULL,
                platform_author_id TEXT NOT NULL,
                name TEXT NOT NULL,
                url TEXT,
                followers BIGINT,
                observed_at BIGINT NOT NULL,
                UNIQUE (platform, platform_author_id)
            )
            """,
            """
            CREATE TABLE posts (
                id TEXT PRIMARY KEY,
                platform TEXT NOT NULL,
                platform_post_id TEXT NOT NULL,
                content_type TEXT NOT NULL,
                is_short BIGINT NOT NULL CHECK (is_short IN (0, 1)),
                title TEXT,
                description TEXT,
                url TEXT NOT NULL,
                thumbnail_url TEXT,
                author_id TEXT REFERENCES authors (id),
                published_at BIGINT,
                duration_seconds BIGINT,
                language TEXT,
                hashtags_json TEXT NOT NULL,
                observed_at BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                UNIQUE (platform, platform_post_id)
            )
            """,
            "CREATE INDEX posts_by_author ON posts (author_id)",
            """
            CREATE TABLE snapshots (
                post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                observed_at BIGINT NOT NULL,
                views BIGINT CHECK (views >= 0),
                likes BIGINT CHECK (likes >= 0),
                shares BIGINT CHECK (shares >= 0),
                comments BIGINT CHECK (comments >= 0),
                PRIMARY KEY (post_id, observed_at)
            )
            """,
            """
            CREATE TABLE trends (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                state TEXT NOT NULL CHECK (state IN ('new', 'seen', 'saved', 'hidden')),
                tags_json TEXT NOT NULL,
                added_at BIGINT NOT NULL,
                observed_at BIGINT NOT NULL,
                revision BIGINT NOT NULL,
                history BYTEA NOT NULL,
                velocity_measure TEXT,
                velocity_per_hour DOUBLE PRECISION,
                velocity_acceleration DOUBLE PRECISION,
                velocity_from BIGINT,
                velocity_to BIGINT,
                outlier_ratio DOUBLE PRECISION,
                outlier_value BIGINT,
                outlier_measure TEXT,
                outlier_age_hours DOUBLE PRECISION,
                outlier_median DOUBLE PRECISION,
                outlier_peers BIGINT,
                outlier_cohort TEXT,
                outlier_noun TEXT,
                outlier_reason TEXT,
                rising DOUBLE PRECISION,
                UNIQUE (user_id, post_id)
            )
            """,
            "CREATE INDEX trends_by_addition ON trends (user_id, added_at, id)",
            "CREATE INDEX trends_by_state ON trends (user_id, state, added_at, id)",
            "CREATE INDEX trends_by_observation ON trends (user_id, observed_at)",
            "CREATE INDEX trends_by_revision ON trends (user_id, revision)",
            "CREATE INDEX trends_by_post ON trends (post_id)",
            """
            CREATE TABLE trend_watchlists (
                trend_id TEXT NOT NULL REFERENCES trends (id) ON DELETE CASCADE,
                watchlist_id TEXT NOT NULL REFERENCES watchlists (id) ON DELETE CASCADE,
                PRIMARY KEY (trend_id, watchlist_id)
            )
            """,
            "CREATE INDEX trend_watchlists_by_watchlist ON trend_watchlists (watchlist_id)",
            """
            CREATE TABLE ideaboards (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                title TEXT NOT NULL,
                description TEXT,
                content TEXT NOT NULL,
                tags_json TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'archived')),
                slug TEXT UNIQUE,
                revision BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX ideaboards_by_user ON ideaboards (user_id, updated_at, id)",
            "CREATE INDEX ideaboards_by_revision ON ideaboards (user_id, revision)",
            """
            CREATE TABLE ideaboard_trends (
                ideaboard_id TEXT NOT NULL REFERENCES ideaboards (id) ON DELETE CASCADE,
                trend_id TEXT NOT NULL REFERENCES trends (id) ON DELETE CASCADE,
                position BIGINT NOT NULL,
                PRIMARY KEY (ideaboard_id, trend_id)
            )
            """,
            "CREATE INDEX ideaboard_trends_by_trend ON ideaboard_trends (trend_id)",
        ])
}
