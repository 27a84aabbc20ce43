import Core
import SQL

/// Posts that are compared with each other: those of one platform in one watchlist.
struct CohortKey: Hashable, Sendable {
    let watchlist: WatchlistID
    let platform: String

    init(watchlist: WatchlistID, platform: String) {
        (self.watchlist, self.platform) = (watchlist, platform)
    }

    init?(_ watchlist: String?, _ platform: String) {
        guard let watchlist else { return nil }
        self.init(watchlist: WatchlistID(rawValue: watchlist), platform: platform)
    }
}

/// Whose scores what happened may have changed.
struct ScoreReach: Sendable {
    /// The user's trends of these posts.
    var posts: Set<PostID>
    /// The trends that are measured against one of these.
    var cohorts: Set<CohortKey> = []
}

extension Connection {
    /// At most this many of a watchlist's posts on a platform, the newest, are the cohort of the others, and as many of
    /// an author's. What is older keeps the score it had among them until its own numbers or its place change.
    private static let cohortLimit = 1000
    private static let authorPeerLimit = 50

    /// Whom the numbers of these posts enter: the user's trends of them, of the newest posts by their authors, and of the
    /// watchlists that hold them.
    func reach(of posts: [FannedPost], user: UserID) throws -> ScoreReach {
        let peers = try newestPosts(of: Set(posts.compactMap(\.author)).sorted()).values.joined()
        let ids = posts.map(\.id)
        return try reached(ScoreReach(posts: Set(ids).union(peers), cohorts: cohorts(of: ids, user: user)), user: user)
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

    /// The same reach by posts alone: those of the user's trends that are compared with one of the cohorts, and the posts
    /// that have a trend of the user's.
    func reached(_ reach: ScoreReach, user: UserID) throws -> ScoreReach {
        var posts = reach.posts
        for cohort in reach.cohorts { posts.formUnion(try members(of: cohort)) }
        var reached: Set<PostID> = []
        for chunk in posts.sorted().chunked(500) {
            try forEach(
                """
                SELECT posts.id, posts.platform,
                    (SELECT min(watchlist_id) FROM trend_watchlists WHERE trend_id = trends.id)
                FROM trends JOIN posts ON posts.id = trends.post_id
                WHERE trends.user_id = \(user) AND posts.id IN \(list: chunk)
                """
            ) { row in
                let (post, home): (PostID, CohortKey?) = (row.id(0), CohortKey(row.optionalText(2), row.text(1)))
                if reach.posts.contains(post) || home.map(reach.cohorts.contains) ?? false { reached.insert(post) }
            }
        }
        return ScoreReach(posts: reached)
    }

    /// Whether the watchlists of these cohorts hold more than are scored in the transaction that changes them.
    func isMuch(_ reach: ScoreReach) throws -> Bool {
        let count = try first(
            """
            SELECT count(*) FROM (SELECT 1 FROM trend_watchlists
                WHERE watchlist_id IN \(list: Set(reach.cohorts.map(\.watchlist)).sorted())
                LIMIT \(Store.joiningPiece + 1)) AS members
            """
        ) { $0.integer(0) }
        return count ?? 0 > Store.joiningPiece
    }

    func anyMember(of cohort: CohortKey) throws -> PostID? {
        try first(
            """
            SELECT posts.id FROM trend_watchlists JOIN trends ON trends.id = trend_watchlists.trend_id
            JOIN posts ON posts.id = trends.post_id
            WHERE trend_watchlists.watchlist_id = \(cohort.watchlist) AND posts.platform = \(cohort.platform) LIMIT 1
            """
        ) { $0.id(0) }
    }

    /// The newest members.
    private func members(of cohort: CohortKey) throws -> [PostID] {
        try rows(
            """
            SELECT posts.id FROM trend_watchlists JOIN trends ON trends.id = trend_watchlists.trend_id
            JOIN posts ON posts.id = trends.post_id
            WHERE trend_watchlists.watchlist_id = \(cohort.watchlist) AND posts.platform = \(cohort.platform)
            ORDER BY posts.observed_at DESC, posts.platform_post_id DESC LIMIT \(Self.cohortLimit)
            """
        ) { $0.id(0) }
    }

    /// The scores of these posts' trends as they follow from what is stored now: those that differ from the stored ones,
    /// and those of `changed` in any case. In order of the posts; cohorts in `reach` are looked through by `reached`.
    func newScores(of reach: ScoreReach, changed: Set<PostID>, user: UserID) throws -> [NewScore] {
        let trends = try scoredTrends(of: reach.posts.sorted(), user: user)
        let histories = try histories(of: trends.map(\.post))
        let authors = try authorPeers(of: trends)
        var cohorts = try Cohorts(connection: self, names: watchlists(of: user))
        return try trends.compactMap { trend in
            guard let history = histories[trend.post] else { return nil }
            let (cohort, name) = try cohorts.peers(of: trend)
            let author = trend.author.flatMap { authors[$0] } ?? .none
            let peers = ScorePeers(author: author, cohort: cohort, cohortName: name, noun: trend.noun)
            let new = ScoredTrend.Score(Scoring.score(of: history, among: peers), of: history)
            guard new != trend.score || changed.contains(trend.post) else { return nil }
            return NewScore(trend: trend.id, post: trend.post, history: history, score: new.score)
        }
    }

    /// Writes the new scores and histories of these posts' trends. Returns the last change, `before` when nothing was
    /// written.
    func rescore(
        _ reach: ScoreReach, changed: Set<PostID> = [], of user: UserID, after before: Change? = nil
    ) throws -> Change? {
        try write(try newScores(of: reach, changed: changed, user: user), of: user, after: before) ?? before
    }

    /// `nil` when there is nothing to write.
    func write(_ scores: [NewScore], of user: UserID, after before: Change? = nil) throws -> Change? {
        guard !scores.isEmpty else { return nil }
        let revision = try before?.revision ?? bumpSite(of: user, for: .trend)
        for score in scores { try write(score, revision: revision) }
        return Change(site: .user(user), revision: revision)
    }

    private func write(_ new: NewScore, revision: Int64) throws {
        let snapshots = new.history.snapshots
        try execute(
            """
            UPDATE trends SET \(TrendScoreColumns.assignments(new.score)), revision = \(revision),
                history = \(HistoryBlob.encodeNewest(snapshots)), views = \(PostHistory.latestCounts(snapshots).views),
                observed_at = \(snapshots.last?.observedAt ?? Instant(milliseconds: 0))
            WHERE id = \(new.trend)
            """)
        try stampIdeaboards(with: new.trend, revision: revision)
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
        private var groups: [CohortKey: PeerGroup] = [:]

        init(connection: Connection, names watchlists: [Watchlist]) {
            self.connection = connection
            names = Dictionary(uniqueKeysWithValues: watchlists.map { ($0.id, $0.name) })
        }

        mutating func peers(of trend: ScoredTrend) throws -> (PeerGroup, name: String) {
            guard let cohort = trend.cohort else { return (.none, "") }
            let name = names[cohort.watchlist] ?? ""
            if let known = groups[cohort] { return (known, name) }
            let posts = try connection.members(of: cohort)
            let histories = try connection.histories(of: posts)
            let group = PeerGroup(posts.compactMap { histories[$0] })
            groups[cohort] = group
            return (group, name)
        }
    }
}

/// A score that is to be written.
struct NewScore: Sendable {
    let trend: TrendID
    let post: PostID
    let history: PostHistory
    let score: TrendScore
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
        cohort = CohortKey(row.optionalText(5), row.text(2))
        score = try Score(row: row, history: 6, score: 7)
    }
}
