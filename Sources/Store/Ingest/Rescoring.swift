import Core
import SQL

/// Posts that are compared with each other: those of one platform in one watchlist.
struct CohortKey: Hashable {
    let watchlist: WatchlistID
    let platform: String
}

/// Whose scores what happened may have changed.
struct ScoreReach {
    /// The user's trends of these posts.
    var posts: Set<PostID>
    /// The trends that are measured against one of these.
    var cohorts: Set<CohortKey> = []
}

extension Connection {
    /// At most this many of a watchlist's posts on a platform, the newest, are the cohort of the others. Older members
    /// keep the score they had among them.
    private static let cohortLimit = 1000
    private static let authorPeerLimit = 50

    /// What the numbers of these posts and of these authors enter: their own trends, those of the authors' other posts,
    /// and every trend of the watchlists that hold them.
    func reach(of posts: [PostID], by authors: Set<AuthorID>, user: UserID) throws -> ScoreReach {
        let peers = try newestPosts(of: authors.sorted()).values.joined()
        return ScoreReach(posts: Set(posts).union(peers), cohorts: try cohorts(of: posts, user: user))
    }

    /// The cohorts that the user's trends of these posts belong to.
    func cohorts(of posts: [PostID], user: UserID) throws -> Set<CohortKey> {
        var cohorts: Set<CohortKey> = []
        for chunk in posts.chunked(500) {
            try forEach(
                """
                SELECT DISTINCT trend_watchlists.watchlist_id, posts.platform FROM trends
                JOIN posts ON posts.id = trends.post_id
                JOIN trend_watchlists ON trend_watchlists.trend_id = trends.id
                WHERE trends.user_id = \(user) AND trends.post_id IN \(list: chunk)
                """
            ) { cohorts.insert(CohortKey(watchlist: $0.id(0), platform: $0.text(1))) }
        }
        return cohorts
    }

    /// Scores these trends from what is stored now and writes score and history where they differ, and always where the
    /// post is one of `changed`. Returns the site's revision; `revision` when nothing was written.
    func rescore(
        _ reach: ScoreReach, changed: Set<PostID> = [], of user: UserID, revision: Int64? = nil
    ) throws -> Int64? {
        var cohorts = Cohorts(connection: self, names: try watchlists(of: user))
        var posts = reach.posts
        for cohort in reach.cohorts { posts.formUnion(try cohorts.members(of: cohort)) }
        let trends = try scoredTrends(of: posts.sorted(), user: user)
            .filter { trend in reach.posts.contains(trend.post) || trend.cohort.map(reach.cohorts.contains) ?? false }
        let histories = try histories(of: trends.map(\.post))
        let authors = try authorPeers(of: trends)
        var revision = revision
        for trend in trends {
            guard let history = histories[trend.post] else { continue }
            let (cohort, name) = try cohorts.peers(of: trend)
            let author = trend.author.flatMap { authors[$0] } ?? .none
            let peers = ScorePeers(author: author, cohort: cohort, cohortName: name, noun: trend.noun)
            let new = ScoredTrend.Score(Scoring.score(of: history, among: peers), of: history)
            guard new != trend.score || changed.contains(trend.post) else { continue }
            let stamp = try revision ?? bumpSite(of: user, for: .trend)
            try write(new, of: history, to: trend.id, revision: stamp)
            revision = stamp
        }
        return revision
    }

    private func write(
        _ score: ScoredTrend.Score, of history: PostHistory, to trend: TrendID, revision: Int64
    ) throws {
        try execute(
            """
            UPDATE trends SET \(TrendScoreColumns.assignments(score.score)), revision = \(revision),
                history = \(score.history), views = \(PostHistory.latestCounts(history.snapshots).views),
                observed_at = \(history.snapshots.last?.observedAt ?? Instant(milliseconds: 0))
            WHERE id = \(trend)
            """)
        try stampIdeaboards(with: trend, revision: revision)
    }

    private func scoredTrends(of posts: [PostID], user: UserID) throws -> [ScoredTrend] {
        try posts.chunked(500).flatMap { chunk in
            try rows(
                """
                SELECT trends.id, posts.id, posts.platform, posts.author_id, posts.content_type,
                    (SELECT min(watchlist_id) FROM trend_watchlists WHERE trend_id = trends.id), trends.history,
                    \(TrendScoreColumns.list)
                FROM trends JOIN posts ON posts.id = trends.post_id
                WHERE trends.user_id = \(user) AND posts.id IN \(list: chunk) ORDER BY posts.id
                """, ScoredTrend.init(row:))
        }
    }

    // MARK: Peers

    /// The newest posts of each author: those that its others are compared with.
    private func newestPosts(of authors: [AuthorID]) throws -> [AuthorID: [PostID]] {
        var newest: [AuthorID: [PostID]] = [:]
        for chunk in authors.chunked(500) {
            try forEach(
                """
                SELECT author_id, id FROM posts WHERE author_id IN \(list: chunk)
                ORDER BY observed_at DESC, platform_post_id DESC
                """
            ) { row in
                let author: AuthorID = row.id(0)
                guard newest[author, default: []].count < Self.authorPeerLimit else { return }
                newest[author, default: []].append(row.id(1))
            }
        }
        return newest
    }

    private func authorPeers(of trends: [ScoredTrend]) throws -> [AuthorID: PeerGroup] {
        let newest = try newestPosts(of: Set(trends.compactMap(\.author)).sorted())
        let histories = try histories(of: Set(newest.values.joined()).sorted())
        return newest.mapValues { posts in PeerGroup(posts.compactMap { histories[$0] }) }
    }

    /// Loads each cohort once.
    private struct Cohorts {
        let connection: Connection
        let names: [WatchlistID: String]
        private var memberships: [CohortKey: [PostID]] = [:]
        private var groups: [CohortKey: PeerGroup] = [:]

        init(connection: Connection, names watchlists: [Watchlist]) {
            self.connection = connection
            names = Dictionary(uniqueKeysWithValues: watchlists.map { ($0.id, $0.name) })
        }

        mutating func members(of cohort: CohortKey) throws -> [PostID] {
            if let known = memberships[cohort] { return known }
            let posts: [PostID] = try connection.rows(
                """
                SELECT posts.id FROM trend_watchlists JOIN trends ON trends.id = trend_watchlists.trend_id
                JOIN posts ON posts.id = trends.post_id
                WHERE trend_watchlists.watchlist_id = \(cohort.watchlist) AND posts.platform = \(cohort.platform)
                ORDER BY posts.observed_at DESC, posts.platform_post_id DESC LIMIT \(Connection.cohortLimit)
                """
            ) { $0.id(0) }
            memberships[cohort] = posts
            return posts
        }

        mutating func peers(of trend: ScoredTrend) throws -> (PeerGroup, name: String) {
            guard let cohort = trend.cohort else { return (.none, "") }
            let name = names[cohort.watchlist] ?? ""
            if let known = groups[cohort] { return (known, name) }
            let posts = try members(of: cohort)
            let histories = try connection.histories(of: posts)
            let group = PeerGroup(posts.compactMap { histories[$0] })
            groups[cohort] = group
            return (group, name)
        }
    }
}

/// A trend as its score sees it.
private struct ScoredTrend {
    /// What scoring writes.
    struct Score: Equatable {
        let score: TrendScore
        let history: [UInt8]

        init(_ score: TrendScore, of history: PostHistory) {
            (self.score, self.history) = (score, HistoryBlob.encodeNewest(history.snapshots))
        }

        init(row: Row, history: Int, score: Int) throws {
            self.score = TrendScoreColumns.read(row, from: score)
            self.history = try row.withBlob(history) { [UInt8]($0) }
        }
    }

    let id: TrendID
    let post: PostID
    let author: AuthorID?
    let noun: String
    /// Of the oldest of the user's watchlists that holds it.
    let cohort: CohortKey?
    let score: Score

    init(row: Row) throws {
        (id, post) = (row.id(0), row.id(1))
        author = row.optionalText(3).map(AuthorID.init(rawValue:))
        noun = row.text(4) == ContentType.video.rawValue ? "video" : "post"
        let platform = row.text(2)
        cohort = row.optionalText(5).map { CohortKey(watchlist: WatchlistID(rawValue: $0), platform: platform) }
        score = try Score(row: row, history: 6, score: 7)
    }
}
