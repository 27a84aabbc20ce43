import Core
import SQL

extension Store {
    /// So many posts are in memory at once: an import may be larger than memory.
    static let fanOutSlice = 4000
    /// So many posts join in one transaction: short, so that other writes wait little.
    static let joiningPiece = 200

    package func fanOut(
        _ ingested: Ingested, to chosen: Set<WatchlistID>?, now: Instant, check: () throws -> Void
    ) throws -> [Change] {
        let marks = try database.read { try $0.staleMarks() }
        let own = FanOutScope(chosen)
        // What others marked for no more than this comes along; the rest has a turn of its own.
        let scopes = Dictionary(grouping: marks) { own.covers($0.scope) ? own : $0.scope }
        var latest: [UserID: Change] = [:]
        for scope in Set(scopes.keys).union([own]) {
            let due = Dictionary(grouping: scopes[scope] ?? [], by: \.post)
            let changed = Set(due.filter { $0.value.contains(where: \.isChanged) }.keys)
            let posts = scope == own ? ingested.posts.union(due.keys) : Set(due.keys)
            for slice in posts.sorted().chunked(Store.fanOutSlice) {
                let fanned = try fannedPosts(slice, changed: scope == own ? changed.union(ingested.changed) : changed)
                let news = slice.compactMap { due[$0] }.joined()
                for (user, change) in try fanOut(fanned, to: scope.chosen, isNews: !news.isEmpty, now, check) {
                    latest[user] = change
                }
                try write { try $0.clear(news) }
            }
        }
        return latest.sorted { $0.key < $1.key }.map(\.value)
    }

    private func fanOut(
        _ posts: [FannedPost], to chosen: Set<WatchlistID>?, isNews: Bool, _ now: Instant, _ check: () throws -> Void
    ) throws -> [(UserID, Change)] {
        try usersConcerned(by: posts, following: chosen).compactMap { user in
            try check()
            let watchlists = try database.read { try $0.watchlists(of: user) }
            let followed = watchlists.filter { chosen?.contains($0.id) ?? true }
            return try fanOut(posts, to: followed, of: user, isNews: isNews, now).map { (user, $0) }
        }
    }

    private func fanOut(
        _ posts: [FannedPost], to followed: [Watchlist], of user: UserID, isNews: Bool, _ now: Instant
    ) throws -> Change? {
        let pieces = posts.chunked(Store.joiningPiece)
        let parts = pieces.map { UserFanOut(user: user, matching: followed, $0, isNews: isNews, now: now) }
        var (change, changed): (Change?, Set<PostID>) = (nil, [])
        for part in parts {
            // Where there is little it is one transaction.
            let step = try write { try apply(part, scoring: parts.count == 1, on: $0) }
            if step.isScored { return step.change }
            (change, changed) = (step.change ?? change, changed.union(step.changed))
        }
        var run = ScoringRun(of: user, changed: changed) { try $0.reach(of: posts, user: user) }
        while !run.isDone {
            run =
                run.needsPlan ? try database.read { try run.planned(on: $0) } : try write { try run.stepped(on: $0) }
        }
        return run.change ?? change
    }

    /// One of many transactions in a row: between them others get their turn.
    private func write<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try pause.around { try database.write(.serial, body) }
    }

    /// Lets a part's posts join, and scores what that reaches unless it is much.
    func apply(_ part: UserFanOut, scoring: Bool, on connection: Connection) throws -> FanOutStep {
        let (user, posts, now) = (part.user, part.posts, part.now)
        let known = try connection.trends(of: user, for: posts.map(\.id))
        let memberships = try connection.memberships(of: known.values.map(\.id))
        let removed = try connection.removed(posts.map(\.id), by: user)
        var dirty: [PostID: TrendID] = [:]
        for post in posts where post.isChanged || known[post.id].map({ $0.history != post.history }) ?? false {
            dirty[post.id] = known[post.id]?.id
        }
        var joins: [(TrendID, WatchlistID)] = []
        var added: [(TrendID, PostID)] = []
        for (watchlist, matches) in part.joining(try connection.watchlists(of: user)) {
            for post in matches where !removed.contains(post) {
                let trend = known[post]?.id ?? dirty[post] ?? makeID(now)
                guard !memberships.contains(Membership(trend: trend, watchlist: watchlist)) else { continue }
                if known[post] == nil, dirty[post] == nil { added.append((trend, post)) }
                dirty[post] = trend
                joins.append((trend, watchlist))
            }
        }
        var step = FanOutStep(changed: Set(dirty.keys))
        if !dirty.isEmpty {
            let revision = try connection.bumpSite(of: user, for: .trend)
            for (trend, post) in added { try connection.insertTrend(trend, of: post, for: user, now, revision) }
            for (trend, watchlist) in joins { try connection.join(trend, watchlist) }
            step.change = Change(site: .user(user), revision: revision)
        }
        let isSilentNews = dirty.isEmpty && part.isNews
        guard scoring || isSilentNews else { return step }
        let reach = try connection.reach(of: posts, user: user)
        // Before anybody looks at what the news are.
        if isSilentNews, !reach.posts.isEmpty { try connection.noteFanOut(of: user) }
        guard scoring, reach.posts.count <= Store.joiningPiece else { return step }
        step.change = try connection.rescore(reach, changed: step.changed, of: user, after: step.change)
        step.isScored = true
        return step
    }

    private func fannedPosts(_ posts: [PostID], changed: Set<PostID>) throws -> [FannedPost] {
        try posts.chunked(500).flatMap { chunk in
            let found = try database.read { try $0.fannedPosts(chunk, changed: changed) }
            return chunk.compactMap { found[$0] }
        }
    }
}

extension Connection {
    /// These posts as a fan-out looks at them; unknown ids are left out.
    func fannedPosts(_ ids: [PostID], changed: Set<PostID>) throws -> [PostID: FannedPost] {
        let histories = try histories(of: ids)
        let posts = try rows("\(StoredPost.select) WHERE posts.id IN \(list: ids)") { row in
            let stored = try StoredPost(row: row)
            let snapshots = histories[stored.id]?.snapshots ?? []
            return FannedPost(
                id: stored.id, author: stored.authorID, post: stored.post,
                counts: PostHistory.latestCounts(snapshots), observedAt: stored.observedAt,
                history: HistoryBlob.encodeNewest(snapshots),
                isChanged: changed.contains(stored.id))
        }
        return Dictionary(uniqueKeysWithValues: posts.map { ($0.id, $0) })
    }
}

/// What a fan-out does for one user: these posts, some of them fit for some of the user's watchlists.
struct UserFanOut: Sendable {
    let user: UserID
    let posts: [FannedPost]
    /// Whether somebody has marked them: then there may be numbers that nobody has seen.
    let isNews: Bool
    let now: Instant
    private let matching: [(watchlist: Watchlist, posts: [PostID])]

    init(user: UserID, matching watchlists: [Watchlist], _ posts: [FannedPost], isNews: Bool, now: Instant) {
        (self.user, self.posts, self.isNews, self.now) = (user, posts, isNews, now)
        matching = watchlists.map { ($0, UserFanOut.fits($0, posts)) }
    }

    /// Which posts join which of the watchlists as they are in the transaction that writes: matching took its time before
    /// that, and meanwhile some may have gone or have another rule.
    func joining(_ current: [Watchlist]) -> [(WatchlistID, [PostID])] {
        matching.compactMap { matched, fitting in
            guard let now = current.first(where: { $0.id == matched.id }) else { return nil }
            return (now.id, now.rule == matched.rule ? fitting : UserFanOut.fits(now, posts))
        }
    }

    private static func fits(_ watchlist: Watchlist, _ posts: [FannedPost]) -> [PostID] {
        let matcher = WatchlistMatcher(watchlist.rule)
        return posts.filter { matcher.matches($0.post, counts: $0.counts, now: $0.observedAt) }.map(\.id)
    }
}

/// What one transaction of a fan-out did.
struct FanOutStep: Sendable {
    var change: Change?
    /// Posts whose trends are new, or joined, or show something that changed.
    var changed: Set<PostID> = []
    /// Whether all that the posts reach is scored.
    var isScored = false
}

/// A stored post with its numbers, ready to be matched.
struct FannedPost: Sendable {
    let id: PostID
    let author: AuthorID?
    let post: Post
    let counts: Counts
    let observedAt: Instant
    let history: [UInt8]
    let isChanged: Bool
}

private struct Membership: Hashable {
    let trend: TrendID
    let watchlist: WatchlistID
}

extension PostHistory {
    /// The newest known value of each count.
    static func latestCounts(_ snapshots: [Snapshot]) -> Counts {
        snapshots.reduce(into: Counts()) { known, snapshot in
            known.views = snapshot.counts.views ?? known.views
            known.likes = snapshot.counts.likes ?? known.likes
            known.shares = snapshot.counts.shares ?? known.shares
            known.comments = snapshot.counts.comments ?? known.comments
        }
    }
}

extension Connection {
    fileprivate func trends(of user: UserID, for posts: [PostID]) throws -> [PostID: (id: TrendID, history: [UInt8])] {
        var trends: [PostID: (id: TrendID, history: [UInt8])] = [:]
        for chunk in posts.chunked(500) {
            let query: Query = """
                SELECT post_id, id, history FROM trends WHERE user_id = \(user) AND post_id IN \(list: chunk)
                """
            try forEach(query) { row in
                trends[row.id(0)] = (row.id(1), try row.withBlob(2) { [UInt8]($0) })
            }
        }
        return trends
    }

    fileprivate func memberships(of trends: [TrendID]) throws -> Set<Membership> {
        var memberships: Set<Membership> = []
        for chunk in trends.sorted().chunked(500) {
            let query: Query = "SELECT trend_id, watchlist_id FROM trend_watchlists WHERE trend_id IN \(list: chunk)"
            try forEach(query) { memberships.insert(Membership(trend: $0.id(0), watchlist: $0.id(1))) }
        }
        return memberships
    }

    /// Those of the posts that the user took out of the list for good.
    fileprivate func removed(_ posts: [PostID], by user: UserID) throws -> Set<PostID> {
        var removed: Set<PostID> = []
        for chunk in posts.chunked(500) {
            let query: Query = """
                SELECT post_id FROM removed_trends WHERE user_id = \(user) AND post_id IN \(list: chunk)
                """
            try forEach(query) { removed.insert($0.id(0)) }
        }
        return removed
    }

    fileprivate func insertTrend(
        _ trend: TrendID, of post: PostID, for user: UserID, _ now: Instant, _ revision: Int64
    ) throws {
        try execute(
            """
            INSERT INTO trends (id, user_id, post_id, state, tags_json, added_at, observed_at, revision, history)
            VALUES (\(trend), \(user), \(post), 'new', '[]', \(now), \(now), \(revision), \([] as [UInt8]))
            """)
    }

    fileprivate func join(_ trend: TrendID, _ watchlist: WatchlistID) throws {
        try execute(
            """
            INSERT INTO trend_watchlists (trend_id, watchlist_id) VALUES (\(trend), \(watchlist))
            ON CONFLICT (trend_id, watchlist_id) DO NOTHING
            """)
    }

    /// Every snapshot of these posts, oldest first.
    func histories(of posts: [PostID]) throws -> [PostID: PostHistory] {
        var snapshots: [PostID: [Snapshot]] = [:]
        var published: [PostID: Instant] = [:]
        for chunk in posts.chunked(500) {
            let times: Query =
                "SELECT id, published_at FROM posts WHERE published_at IS NOT NULL AND id IN \(list: chunk)"
            try forEach(times) { published[$0.id(0)] = $0.instant(1) }
            let numbers: Query = """
                SELECT observed_at, views, likes, shares, comments, post_id FROM snapshots
                WHERE post_id IN \(list: chunk) ORDER BY post_id, observed_at
                """
            try forEach(numbers) { snapshots[$0.id(5), default: []].append(Snapshot(row: $0)) }
        }
        return Dictionary(
            uniqueKeysWithValues: posts.map { post in
                (post, PostHistory(id: post.rawValue, publishedAt: published[post], snapshots: snapshots[post] ?? []))
            })
    }
}
