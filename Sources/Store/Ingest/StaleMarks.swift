import Core
import SQL

/// A post whose trends are not yet brought up to date: the mark is made with what makes them stale and cleared when they
/// are current, so that whoever is cut off in between is followed by somebody who goes on.
struct StaleMark: Sendable {
    /// Of the operation that made it.
    let token: Int64
    let post: PostID
    /// Whether the post itself changed, or only what its trends are compared with.
    let isChanged: Bool
    /// Whom the post may join.
    let scope: FanOutScope
}

/// The watchlists that a fan-out lets posts join.
enum FanOutScope: Sendable, Hashable {
    case all
    case chosen(Set<WatchlistID>)

    init(_ chosen: Set<WatchlistID>?) {
        self = chosen.map(FanOutScope.chosen) ?? .all
    }

    var chosen: Set<WatchlistID>? {
        guard case .chosen(let watchlists) = self else { return nil }
        return watchlists
    }

    /// Whether it lets in whatever the other does.
    func covers(_ other: FanOutScope) -> Bool {
        switch (self, other) {
        case (.all, _): true
        case (.chosen, .all): false
        case (.chosen(let mine), .chosen(let others)): mine.isSuperset(of: others)
        }
    }

    // MARK: As text

    fileprivate var text: String {
        switch self {
        case .all: "all"
        case .chosen(let watchlists): watchlists.map(\.rawValue).sorted().joined(separator: " ")
        }
    }

    fileprivate init(text: String) {
        self =
            text == "all"
            ? .all : .chosen(Set(text.split(separator: " ").map { WatchlistID(rawValue: String($0)) }))
    }
}

extension Connection {
    func markStale(
        _ posts: some Sequence<PostID>, changed: Bool, for scope: FanOutScope = .chosen([]), token: Int64
    ) throws {
        for post in Set(posts).sorted() {
            try execute(
                """
                INSERT INTO stale_posts (token, post_id, is_changed, scope)
                VALUES (\(token), \(post), \(changed), \(scope.text)) ON CONFLICT (token, post_id) DO NOTHING
                """)
        }
    }

    /// The same for all posts that are in a watchlist.
    func markMembersStale(of watchlist: WatchlistID, token: Int64) throws {
        try execute(
            """
            INSERT INTO stale_posts (token, post_id, is_changed, scope)
            SELECT DISTINCT \(token), trends.post_id, 0, '' FROM trend_watchlists
            JOIN trends ON trends.id = trend_watchlists.trend_id
            WHERE trend_watchlists.watchlist_id = \(watchlist)
            """)
    }

    func staleMarks() throws -> [StaleMark] {
        try rows("SELECT token, post_id, is_changed, scope FROM stale_posts ORDER BY post_id, token") {
            StaleMark(
                token: $0.integer(0), post: $0.id(1), isChanged: $0.bool(2), scope: FanOutScope(text: $0.text(3)))
        }
    }

    /// Those that were made meanwhile stay.
    func clear(_ marks: some Sequence<StaleMark>) throws {
        for (token, marks) in Dictionary(grouping: marks, by: \.token) {
            for chunk in marks.chunked(500) {
                try execute(
                    "DELETE FROM stale_posts WHERE token = \(token) AND post_id IN \(list: chunk.map(\.post))")
            }
        }
    }

    /// All that one operation made.
    func clearMarks(of token: Int64) throws {
        try execute("DELETE FROM stale_posts WHERE token = \(token)")
    }
}

extension Store {
    /// What names one operation; never 0.
    func makeToken() -> Int64 { Int64(truncatingIfNeeded: random().0 >> 1) | 1 }
}
