import Core
import SQL

extension Connection {
    /// Whole trends of this user with these ids, in any order; unknown and foreign ids are left out.
    func wholeTrends(_ ids: [TrendID], of user: UserID) throws -> [Trend] {
        guard !ids.isEmpty else { return [] }
        let lists = try watchlistIDs(of: user, for: ids.count > 200 ? nil : ids)
        return try ids.chunked(200).flatMap { chunk in
            try rows("\(TrendRow.selectWhole) WHERE trends.user_id = \(user) AND trends.id IN \(list: chunk)") {
                var trend = try TrendRow.whole($0)
                trend.watchlistIDs = lists[trend.id] ?? []
                return trend
            }
        }
    }

    /// The watchlists of these trends, or of all of the user's, oldest watchlist first.
    func watchlistIDs(of user: UserID, for ids: [TrendID]?) throws -> [TrendID: [WatchlistID]] {
        var lists: [TrendID: [WatchlistID]] = [:]
        let condition: Query = ids.map { "trend_watchlists.trend_id IN \(list: $0)" } ?? "watchlists.user_id = \(user)"
        let query: Query = """
            SELECT trend_watchlists.trend_id, trend_watchlists.watchlist_id FROM watchlists
            JOIN trend_watchlists ON trend_watchlists.watchlist_id = watchlists.id
            WHERE \(condition) ORDER BY trend_watchlists.watchlist_id
            """
        try forEach(query) { lists[$0.id(0), default: []].append($0.id(1)) }
        return lists
    }
}
