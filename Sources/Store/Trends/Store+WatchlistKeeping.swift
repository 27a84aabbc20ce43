import Core
import SQL

extension Store: WatchlistKeeping {
    /// Posts that join or leave a watchlist in one transaction: short, so that other writes wait little.
    private static let piece = 200

    package func watchlists(of user: UserID) async throws -> [Watchlist] {
        try await database.shortRead { try $0.watchlists(of: user) }
    }

    package func watchlist(_ id: WatchlistID, of user: UserID) async throws -> Watchlist? {
        try await watchlists(of: user).first { $0.id == id }
    }

    package func addWatchlist(
        _ draft: WatchlistDraft, for user: UserID, within allowance: Int64, now: Instant
    ) async throws -> (Watchlist, Change) {
        let watchlist = Watchlist(id: makeID(now), name: draft.name, rule: draft.rule, createdAt: now)
        let created = try await database.write { try $0.insert(watchlist, of: user, within: allowance) }
        let joined = try await refill(watchlist, of: user, now: now)
        return (watchlist, try await rescore(members(of: watchlist.id), of: user) ?? joined ?? created)
    }

    package func editWatchlist(
        _ id: WatchlistID, to draft: WatchlistDraft, for user: UserID, now: Instant
    ) async throws -> (Watchlist, Change?) {
        guard let old = try await watchlist(id, of: user) else { throw StoreFailure.missing("watchlist \(id)") }
        let after = Watchlist(id: id, name: draft.name, rule: draft.rule, createdAt: old.createdAt)
        guard after != old else { return (old, nil) }
        let written = try await database.write { connection in
            try connection.renameInScores(id, from: old.name, to: after.name, of: user)
            return try connection.update(after, of: user, now: now)
        }
        guard after.rule != old.rule else { return (after, written) }
        let before = try await members(of: id)
        let left = try await dropOutgrown(after, among: before, of: user)
        let joined = try await refill(after, of: user, now: now)
        let touched = try await Set(before + members(of: id)).sorted()
        return (after, try await rescore(touched, of: user) ?? joined ?? left ?? written)
    }

    package func removeWatchlist(_ id: WatchlistID, of user: UserID) async throws -> Change {
        try await database.write { try $0.removeWatchlist(id, of: user) }
    }

    package func preview(_ rule: WatchlistRule) async throws -> WatchlistPreview {
        let matcher = WatchlistMatcher(rule)
        return try await database.read { connection in
            let ids = try connection.newestPosts(WatchlistPreview.mostExamined)
            var (matching, samples) = (0, [Sighting]())
            for chunk in ids.chunked(500) {
                let posts = try connection.fannedPosts(chunk, changed: [])
                for id in chunk {
                    guard let post = posts[id], matcher.matches(post.post, counts: post.counts, now: post.observedAt)
                    else { continue }
                    matching += 1
                    guard samples.count < WatchlistPreview.mostSamples else { continue }
                    samples.append(Sighting(post: post.post, counts: post.counts, observedAt: post.observedAt))
                }
            }
            return WatchlistPreview(examined: ids.count, matching: matching, samples: samples)
        }
    }

    /// Lets the newest stored posts that fit join.
    private func refill(_ watchlist: Watchlist, of user: UserID, now: Instant) async throws -> Change? {
        let matcher = WatchlistMatcher(watchlist.rule)
        let ids = try await database.read { try $0.newestPosts(WatchlistPreview.mostExamined) }
        return try await inPieces(ids) { connection, chunk in
            let posts = try connection.fannedPosts(chunk, changed: []).values
                .filter { matcher.matches($0.post, counts: $0.counts, now: $0.observedAt) }
                .sorted { $0.id < $1.id }
            guard !posts.isEmpty else { return nil }
            let part = UserFanOut(user: user, joining: [(watchlist.id, posts.map(\.id))], posts: posts, now: now)
            return try apply(part, reachingPeers: false, on: connection)
        }
    }

    private func members(of watchlist: WatchlistID) async throws -> [PostID] {
        try await database.read { try $0.members(of: watchlist) }
    }

    /// Scores the trends of posts that joined, stayed in or left a watchlist, once all have: each member is among the
    /// peers of the others.
    private func rescore(_ posts: [PostID], of user: UserID) async throws -> Change? {
        try await inPieces(posts) { connection, chunk in
            let revision = try connection.rescore(ScoreReach(posts: Set(chunk)), of: user)
            return revision.map { Change(site: .user(user), revision: $0) }
        }
    }

    /// Takes posts out of a watchlist whose new rule they do not meet.
    private func dropOutgrown(
        _ watchlist: Watchlist, among members: [PostID], of user: UserID
    ) async throws -> Change? {
        let matcher = WatchlistMatcher(watchlist.rule)
        return try await inPieces(members) { connection, chunk in
            let outgrown = try connection.fannedPosts(chunk, changed: []).values
                .filter { !matcher.matches($0.post, counts: $0.counts, now: $0.observedAt) }.map(\.id)
            return try connection.leave(watchlist.id, outgrown.sorted(), of: user)
        }
    }

    /// Works through `items` in short transactions. Returns the last change.
    private func inPieces<Item: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Connection, [Item]) throws -> Change?
    ) async throws -> Change? {
        var last: Change?
        for chunk in items.chunked(Self.piece) {
            last = try await database.write { try work($0, Array(chunk)) } ?? last
        }
        return last
    }
}

extension Connection {
    fileprivate func newestPosts(_ limit: Int) throws -> [PostID] {
        try rows("SELECT id FROM posts ORDER BY observed_at DESC, id DESC LIMIT \(limit)") { $0.id(0) }
    }

    /// Refused with `QuotaExceeded` when the user then had more than `allowance`.
    func insert(_ watchlist: Watchlist, of user: UserID, within allowance: Int64) throws -> Change {
        let (revision, now) = (try bumpSite(of: user, for: .watchlist), watchlist.createdAt)
        let inserted = try execute(
            """
            INSERT INTO watchlists (id, user_id, name, rule_json, created_at, updated_at)
            SELECT \(watchlist.id), \(user), \(watchlist.name), \(try JSONColumn.encode(watchlist.rule)), \(now), \(now)
            WHERE \(Query.room(for: .watchlists, of: user, allowance: allowance))
            """)
        if inserted == 0 { try refuse(.watchlists, of: user, allowance: allowance) }
        return Change(site: .user(user), revision: revision)
    }

    fileprivate func update(_ watchlist: Watchlist, of user: UserID, now: Instant) throws -> Change {
        let revision = try bumpSite(of: user, for: .watchlist)
        let changed = try execute(
            """
            UPDATE watchlists SET name = \(watchlist.name), rule_json = \(try JSONColumn.encode(watchlist.rule)),
                updated_at = \(now)
            WHERE id = \(watchlist.id) AND user_id = \(user)
            """)
        guard changed == 1 else { throw StoreFailure.missing("watchlist \(watchlist.id)") }
        return Change(site: .user(user), revision: revision)
    }

    /// The posts in a watchlist, in order of id.
    func members(of watchlist: WatchlistID) throws -> [PostID] {
        try rows(
            """
            SELECT trends.post_id FROM trend_watchlists JOIN trends ON trends.id = trend_watchlists.trend_id
            WHERE trend_watchlists.watchlist_id = \(watchlist) ORDER BY trends.post_id
            """
        ) { $0.id(0) }
    }

    /// `nil` when there is nothing to take out.
    fileprivate func leave(_ watchlist: WatchlistID, _ posts: [PostID], of user: UserID) throws -> Change? {
        guard !posts.isEmpty else { return nil }
        let revision = try bumpSite(of: user, for: .watchlist)
        let trends: Query = "SELECT id FROM trends WHERE user_id = \(user) AND post_id IN \(list: posts)"
        try execute("UPDATE trends SET revision = \(revision) WHERE user_id = \(user) AND post_id IN \(list: posts)")
        try execute("DELETE FROM trend_watchlists WHERE watchlist_id = \(watchlist) AND trend_id IN (\(trends))")
        try deleteHomeless(of: user)
        return Change(site: .user(user), revision: revision)
    }
}
