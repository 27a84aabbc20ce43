import Core
import SQL

extension Connection {
    /// At most this many of a watchlist's posts on a platform, the newest, are the cohort of the others.
    private static let cohortLimit = 1000
    private static let authorPeerLimit = 50

    /// Scores these trends anew from all stored snapshots and writes score and history to their rows.
    func rescore(
        _ trends: [PostID: TrendID], of user: UserID, watchlists: [Watchlist], revision: Int64
    ) throws {
        let posts = trends.keys.sorted()
        let histories = try histories(of: posts)
        let peers = try authorPeers(of: posts)
        var cohorts = Cohorts(connection: self, watchlists: watchlists)
        let homes = try homes(of: posts, user: user)
        for post in posts {
            guard let trend = trends[post], let history = histories[post] else { continue }
            let home = homes[post]
            let (cohort, name) = try cohorts.cohort(of: home)
            let latest = history.snapshots.last?.observedAt ?? Instant(milliseconds: 0)
            let score = Scoring.score(
                of: history,
                among: ScorePeers(
                    author: (home?.author).flatMap { peers[$0] } ?? [], cohort: cohort, cohortName: name,
                    noun: home?.isVideo == true ? "video" : "post"))
            try execute(
                """
                UPDATE trends SET \(TrendScoreColumns.assignments(score)), revision = \(revision),
                    history = \(HistoryBlob.encodeNewest(history.snapshots)), observed_at = \(latest),
                    views = \(PostHistory.latestCounts(history.snapshots).views)
                WHERE id = \(trend)
                """)
            try stampIdeaboards(with: trend, revision: revision)
        }
    }

    /// Where a post is scored: its platform, author, and the oldest of the user's watchlists that holds it.
    struct Home {
        let platform: String
        let author: AuthorID?
        let isVideo: Bool
        let watchlist: WatchlistID?
    }

    private func homes(of posts: [PostID], user: UserID) throws -> [PostID: Home] {
        var homes: [PostID: Home] = [:]
        for chunk in posts.chunked(500) {
            try forEach(
                """
                SELECT posts.id, posts.platform, posts.author_id, min(trend_watchlists.watchlist_id), posts.content_type FROM trends
                JOIN posts ON posts.id = trends.post_id
                LEFT JOIN trend_watchlists ON trend_watchlists.trend_id = trends.id
                WHERE trends.user_id = \(user) AND posts.id IN \(list: chunk)
                GROUP BY posts.id, posts.platform, posts.author_id, posts.content_type
                """
            ) { row in
                homes[row.id(0)] = Home(
                    platform: row.text(1), author: row.optionalText(2).map(AuthorID.init(rawValue:)),
                    isVideo: row.text(4) == ContentType.video.rawValue,
                    watchlist: row.optionalText(3).map(WatchlistID.init(rawValue:)))
            }
        }
        return homes
    }

    private func authorPeers(of posts: [PostID]) throws -> [AuthorID: [PostHistory]] {
        var byAuthor: [AuthorID: [PostID]] = [:]
        for chunk in posts.chunked(500) {
            try forEach(
                """
                SELECT author_id, id FROM posts
                WHERE author_id IN (SELECT author_id FROM posts WHERE author_id IS NOT NULL AND id IN \(list: chunk))
                ORDER BY observed_at DESC, id DESC
                """
            ) { row in
                let author: AuthorID = row.id(0)
                if byAuthor[author, default: []].count < Self.authorPeerLimit {
                    byAuthor[author, default: []].append(row.id(1))
                }
            }
        }
        let all = try histories(of: Set(byAuthor.values.joined()).sorted())
        return byAuthor.mapValues { $0.compactMap { all[$0] } }
    }

    /// Loads each cohort (platform, watchlist) once.
    struct Cohorts {
        let connection: Connection
        let names: [WatchlistID: String]
        private var loaded: [String: [PostHistory]] = [:]

        init(connection: Connection, watchlists: [Watchlist]) {
            self.connection = connection
            names = Dictionary(uniqueKeysWithValues: watchlists.map { ($0.id, $0.name) })
        }

        mutating func cohort(of home: Home?) throws -> ([PostHistory], String) {
            guard let home, let watchlist = home.watchlist else { return ([], "") }
            let key = home.platform + watchlist.rawValue
            if let known = loaded[key] { return (known, names[watchlist] ?? "") }
            let posts: [PostID] = try connection.rows(
                """
                SELECT posts.id FROM trend_watchlists JOIN trends ON trends.id = trend_watchlists.trend_id
                JOIN posts ON posts.id = trends.post_id
                WHERE trend_watchlists.watchlist_id = \(watchlist) AND posts.platform = \(home.platform)
                ORDER BY posts.observed_at DESC, posts.id DESC LIMIT \(Connection.cohortLimit)
                """
            ) { $0.id(0) }
            let histories = try connection.histories(of: posts)
            loaded[key] = posts.compactMap { histories[$0] }
            return (loaded[key] ?? [], names[watchlist] ?? "")
        }
    }
}
