import Core
import SQL

extension Store {
    /// Creates a watchlist, unless the user then had more than `allowance`, which throws `QuotaExceeded`. Posts already
    /// stored join it with the next `fanOut` that names them.
    package func createWatchlist(
        _ name: String, rule: WatchlistRule, for user: UserID, within allowance: Int64 = .max, now: Instant
    ) throws -> (id: WatchlistID, change: Change) {
        let watchlist = Watchlist(id: makeID(now), name: name, rule: rule, createdAt: now)
        let change = try database.write { try $0.insert(watchlist, of: user, within: allowance, matching: 0) }
        return (watchlist.id, change)
    }

    /// Users whom these posts may concern, in order of id: those who follow one of `chosen`, or anything when it is
    /// `nil`, and those who have one of the posts, or another by the same author, already.
    func usersConcerned(by posts: [FannedPost], following chosen: Set<WatchlistID>?) throws -> [UserID] {
        try database.read { connection in
            let condition: Query = chosen.map { "WHERE id IN \(list: $0.sorted())" } ?? ""
            var users = Set<UserID>(
                try connection.rows("SELECT DISTINCT user_id FROM watchlists \(condition)") { $0.id(0) })
            for chunk in posts.map(\.id).chunked(500) {
                let owners: Query = "SELECT DISTINCT user_id FROM trends WHERE post_id IN \(list: chunk)"
                try connection.forEach(owners) { users.insert($0.id(0)) }
            }
            for chunk in Set(posts.compactMap(\.author)).sorted().chunked(500) {
                let owners: Query = """
                    SELECT DISTINCT trends.user_id FROM posts JOIN trends ON trends.post_id = posts.id
                    WHERE posts.author_id IN \(list: chunk)
                    """
                try connection.forEach(owners) { users.insert($0.id(0)) }
            }
            return users.sorted()
        }
    }

    /// Watchlists with this id or exactly this name, whoever owns them.
    package func watchlists(named name: String) throws -> [WatchlistID] {
        try database.read {
            try $0.rows("SELECT id FROM watchlists WHERE id = \(name) OR name = \(name) ORDER BY id") { $0.id(0) }
        }
    }
}

extension Connection {
    /// Deletes a watchlist; trends that no other watchlist holds stay when they are saved or evidence, else they go. What
    /// stays is scored; where that may be much it is marked, and `rest` is whom it concerns.
    func removeWatchlist(_ id: WatchlistID, of user: UserID, token: Int64) throws -> (Change, rest: ScoreReach?) {
        let revision = try bumpSite(of: user, for: .watchlist)
        let members = ScoreReach(posts: Set(try members(of: id)))
        let isMuch = members.posts.count > Store.joiningPiece
        if isMuch { try markMembersStale(of: id, token: token) }
        let deleted = try execute("DELETE FROM watchlists WHERE id = \(id) AND user_id = \(user)")
        guard deleted == 1 else { throw StoreFailure.missing("watchlist \(id)") }
        try deleteHomeless(of: user, among: members.posts.sorted())
        let change = Change(site: .user(user), revision: revision)
        guard !isMuch else { return (change, members) }
        _ = try rescore(members, of: user, after: change)
        return (change, nil)
    }

    /// Deletes the user's trends of these posts that no watchlist holds, unless they are saved or evidence.
    func deleteHomeless(of user: UserID, among posts: [PostID]) throws {
        for chunk in posts.chunked(500) {
            try execute(
                """
                DELETE FROM trends WHERE user_id = \(user) AND post_id IN \(list: chunk) AND state <> 'saved'
                    AND NOT EXISTS (SELECT 1 FROM trend_watchlists WHERE trend_id = trends.id)
                    AND NOT EXISTS (SELECT 1 FROM ideaboard_trends WHERE trend_id = trends.id)
                """)
        }
    }
}

extension Connection {
    /// The reasons of stored scores name the watchlist whose posts were the peers.
    func renameInScores(_ id: WatchlistID, to name: String, of user: UserID) throws {
        let cohort = TrendScoreColumns.cohortText(.watchlist(name))
        try execute(
            """
            UPDATE trends SET outlier_cohort = \(cohort)
            WHERE user_id = \(user) AND outlier_cohort <> 'author' AND outlier_cohort <> \(cohort)
                AND (SELECT min(watchlist_id) FROM trend_watchlists WHERE trend_id = trends.id) = \(id)
            """)
    }
}
