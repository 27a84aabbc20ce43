import Core
import SQL

extension Store {
    /// So many posts are in memory at once: an import may be larger than memory.
    static let fanOutSlice = 4000

    package func fanOut(_ ingested: Ingested, to chosen: Set<WatchlistID>?, now: Instant) throws -> [Change] {
        var latest: [UserID: Change] = [:]
        for slice in ingested.posts.sorted().chunked(Store.fanOutSlice) {
            let posts = try fannedPosts(slice, changed: ingested.changed)
            for (user, change) in try fanOut(posts, to: chosen, now) { latest[user] = change }
        }
        return latest.sorted { $0.key < $1.key }.map(\.value)
    }

    private func fanOut(
        _ posts: [FannedPost], to chosen: Set<WatchlistID>?, _ now: Instant
    ) throws -> [(UserID, Change)] {
        try usersConcerned(by: posts, following: chosen).compactMap { user in
            let watchlists = try database.read { try $0.watchlists(of: user) }
            let followed = watchlists.filter { chosen?.contains($0.id) ?? true }
            let matches = followed.map { watchlist in
                let matcher = WatchlistMatcher(watchlist.rule)
                return posts.filter { matcher.matches($0.post, counts: $0.counts, now: $0.observedAt) }.map(\.id)
            }
            let part = UserFanOut(
                user: user, joining: Array(zip(followed.map(\.id), matches)), posts: posts, now: now)
            return try database.write { try apply(part, on: $0) }.map { (user, $0) }
        }
    }

    /// Writes one user's part of a fan-out and scores what it reaches, or the changed posts alone; `nil` when it changes
    /// nothing.
    func apply(_ part: UserFanOut, reachingPeers: Bool = true, on connection: Connection) throws -> Change? {
        let (user, posts, now) = (part.user, part.posts, part.now)
        let known = try connection.trends(of: user, for: posts.map(\.id))
        let memberships = try connection.memberships(of: user)
        var dirty: [PostID: TrendID] = [:]
        for post in posts where post.isChanged || known[post.id].map({ $0.history != post.history }) ?? false {
            dirty[post.id] = known[post.id]?.id
        }
        var joins: [(TrendID, WatchlistID)] = []
        var added: [(TrendID, PostID)] = []
        for (watchlist, matches) in part.joining {
            for post in matches {
                let trend = known[post]?.id ?? dirty[post] ?? makeID(now)
                guard !memberships.contains(Membership(trend: trend, watchlist: watchlist)) else { continue }
                if known[post] == nil, dirty[post] == nil { added.append((trend, post)) }
                dirty[post] = trend
                joins.append((trend, watchlist))
            }
        }
        let joined = dirty.isEmpty ? nil : try connection.bumpSite(of: user, for: .trend)
        if let joined {
            for (trend, post) in added { try connection.insertTrend(trend, of: post, for: user, now, joined) }
            for (trend, watchlist) in joins { try connection.join(trend, watchlist) }
        }
        let reach =
            reachingPeers
            ? try connection.reach(of: posts.map(\.id), by: Set(posts.compactMap(\.author)), user: user)
            : ScoreReach(posts: Set(dirty.keys))
        let revision = try connection.rescore(reach, changed: Set(dirty.keys), of: user, revision: joined)
        return revision.map { Change(site: .user(user), revision: $0) }
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

/// What a fan-out does for one user: these posts, some of them joining some of the user's watchlists.
struct UserFanOut: Sendable {
    let user: UserID
    let joining: [(WatchlistID, [PostID])]
    let posts: [FannedPost]
    let now: Instant
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

    fileprivate func memberships(of user: UserID) throws -> Set<Membership> {
        let query: Query = """
            SELECT trend_watchlists.trend_id, trend_watchlists.watchlist_id FROM watchlists
            JOIN trend_watchlists ON trend_watchlists.watchlist_id = watchlists.id WHERE watchlists.user_id = \(user)
            """
        return Set(try rows(query) { Membership(trend: $0.id(0), watchlist: $0.id(1)) })
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
