import Core
import SQL

extension Store: StatusReading {
    package func status(of user: UserID) async throws -> UserStatus {
        try await database.read { connection in
            let newest = try connection.first(
                "SELECT max(observed_at) FROM trends WHERE user_id = \(user)"
            ) { $0.optionalInstant(0) }
            let count = try connection.first(
                "SELECT count(*) FROM trends WHERE user_id = \(user) AND state = 'new'"
            ) { $0.integer(0) }
            return UserStatus(observedAt: newest ?? nil, newTrends: Int(count ?? 0))
        }
    }

    package func feed(of watchlist: WatchlistID) async throws -> (owner: UserID, version: Int64)? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT watchlists.user_id, sites.feed_version FROM watchlists
                JOIN sites ON sites.user_id = watchlists.user_id WHERE watchlists.id = \(watchlist)
                """
            ) { ($0.id(0), $0.integer(1)) }
        }
    }
}
