import Core
import SQL

/// A post whose trends are not yet brought up to date: the mark is made with what makes them stale and cleared when they
/// are current, so that whoever is cut off in between is followed by somebody who goes on.
struct StaleMark: Sendable {
    let post: PostID
    /// Whether the post itself changed, or only what its trends are compared with.
    let isChanged: Bool
    let token: Int64
}

extension Connection {
    func markStale(_ posts: some Sequence<PostID>, changed: Bool, token: Int64) throws {
        let both = dialect.larger("stale_posts.is_changed", "excluded.is_changed")
        for post in Set(posts).sorted() {
            try execute(
                """
                INSERT INTO stale_posts (post_id, is_changed, token) VALUES (\(post), \(changed), \(token))
                ON CONFLICT (post_id) DO UPDATE SET is_changed = \(both), token = excluded.token
                """)
        }
    }

    /// The same for all posts that are in a watchlist.
    func markMembersStale(of watchlist: WatchlistID, token: Int64) throws {
        try execute(
            """
            INSERT INTO stale_posts (post_id, is_changed, token)
            SELECT trends.post_id, 0, \(token) FROM trend_watchlists
            JOIN trends ON trends.id = trend_watchlists.trend_id
            WHERE trend_watchlists.watchlist_id = \(watchlist)
            ON CONFLICT (post_id) DO UPDATE SET token = excluded.token
            """)
    }

    func staleMarks() throws -> [StaleMark] {
        try rows("SELECT post_id, is_changed, token FROM stale_posts ORDER BY post_id") {
            StaleMark(post: $0.id(0), isChanged: $0.bool(1), token: $0.integer(2))
        }
    }

    /// Those that were made anew meanwhile stay.
    func clear(_ marks: some Sequence<StaleMark>) throws {
        for mark in marks {
            try execute("DELETE FROM stale_posts WHERE post_id = \(mark.post) AND token = \(mark.token)")
        }
    }
}

extension Store {
    /// Of a mark, or of all that one operation makes.
    func makeToken() -> Int64 { Int64(truncatingIfNeeded: random().0 >> 1) }
}
