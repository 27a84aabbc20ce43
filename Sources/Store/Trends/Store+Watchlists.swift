import Core
import SQL

extension Store {
    /// Creates a watchlist. Posts already stored join it with the next `fanOut` that names them.
    package func createWatchlist(
        _ name: String, rule: WatchlistRule, for user: UserID, now: Instant
    ) throws -> (id: WatchlistID, change: Change) {
        let id: WatchlistID = makeID(now)
        let change = try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .watchlist)
            try connection.execute(
                """
                INSERT INTO watchlists (id, user_id, name, rule_json, created_at, updated_at)
                VALUES (\(id), \(user), \(name), \(try JSONColumn.encode(rule)), \(now), \(now))
                """)
            return Change(site: .user(user), revision: revision)
        }
        return (id, change)
    }

    package func renameWatchlist(_ id: WatchlistID, to name: String, for user: UserID, now: Instant) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .watchlist)
            let changed = try connection.execute(
                "UPDATE watchlists SET name = \(name), updated_at = \(now) WHERE id = \(id) AND user_id = \(user)")
            guard changed == 1 else { throw StoreFailure.missing("watchlist \(id)") }
            return Change(site: .user(user), revision: revision)
        }
    }

    /// Deletes a watchlist; trends that no other watchlist holds stay when they are saved or evidence, else they go.
    package func deleteWatchlist(_ id: WatchlistID, for user: UserID) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .watchlist)
            let deleted = try connection.execute("DELETE FROM watchlists WHERE id = \(id) AND user_id = \(user)")
            guard deleted == 1 else { throw StoreFailure.missing("watchlist \(id)") }
            try connection.execute(
                """
                DELETE FROM trends WHERE user_id = \(user) AND state <> 'saved'
                    AND NOT EXISTS (SELECT 1 FROM trend_watchlists WHERE trend_id = trends.id)
                    AND NOT EXISTS (SELECT 1 FROM ideaboard_trends WHERE trend_id = trends.id)
                """)
            return Change(site: .user(user), revision: revision)
        }
    }

    /// The watchlists of every user who has one, or one of `chosen`; users in order of id.
    func followers(of chosen: Set<WatchlistID>?) throws -> [(user: UserID, watchlists: [Watchlist])] {
        try database.read { connection in
            let condition: Query = chosen.map { "WHERE id IN \(list: $0.sorted())" } ?? ""
            let users: [UserID] = try connection.rows(
                "SELECT DISTINCT user_id FROM watchlists \(condition) ORDER BY user_id"
            ) { $0.id(0) }
            return try users.map { ($0, try connection.watchlists(of: $0)) }
        }
    }

    /// Watchlists with this id or exactly this name, whoever owns them.
    package func watchlists(named name: String) throws -> [WatchlistID] {
        try database.read {
            try $0.rows("SELECT id FROM watchlists WHERE id = \(name) OR name = \(name) ORDER BY id") { $0.id(0) }
        }
    }
}
