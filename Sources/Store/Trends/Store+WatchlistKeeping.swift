import Core
import SQL

extension Store: WatchlistKeeping {
    /// Posts that join or leave a watchlist in one transaction: short, so that other writes wait little.
    private static let piece = 200

    package func watchlists(of user: UserID) async throws -> [Watchlist] {
        try await database.read { try $0.watchlists(of: user) }
    }

    package func watchlist(_ id: WatchlistID, of user: UserID) async throws -> Watchlist? {
        try await watchlists(of: user).first { $0.id == id }
    }

    package func addWatchlist(
        _ draft: WatchlistDraft, for user: UserID, within allowance: Int64, now: Instant
    ) async throws -> (Watchlist, Change) {
        let watchlist = Watchlist(id: makeID(now), name: draft.name, rule: draft.rule, createdAt: now)
        let created = try await database.write { try $0.insert(watchlist, of: user, within: allowance) }
        guard try await refill(watchlist, of: user, now: now) != nil else { return (watchlist, created) }
        return (watchlist, try await rescoreMembers(of: watchlist.id, of: user) ?? created)
    }

    package func editWatchlist(
        _ id: WatchlistID, to draft: WatchlistDraft, for user: UserID, now: Instant
    ) async throws -> (Watchlist, Change?) {
        guard let before = try await watchlist(id, of: user) else { throw StoreFailure.missing("watchlist \(id)") }
        let after = Watchlist(id: id, name: draft.name, rule: draft.rule, createdAt: before.createdAt)
        guard after != before else { return (before, nil) }
        let written = try await database.write { connection in
            try connection.renameInScores(id, from: before.name, to: after.name, of: user)
            return try connection.update(after, of: user, now: now)
        }
        guard after.rule != before.rule else { return (after, written) }
        let left = try await dropOutgrown(after, of: user)
        let moved = try await refill(after, of: user, now: now) ?? left
        guard moved != nil else { return (after, written) }
        return (after, try await rescoreMembers(of: id, of: user) ?? moved)
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
            let part = UserFanOut(
                user: user, watchlists: try connection.watchlists(of: user),
                joining: [(watchlist.id, posts.map(\.id))], posts: posts, now: now)
            return try apply(part, on: connection)
        }
    }

    /// Scores all trends of a watchlist against those that are in it now: each is among the peers of the others.
    private func rescoreMembers(of watchlist: WatchlistID, of user: UserID) async throws -> Change? {
        let members = try await database.read { try $0.members(of: watchlist) }
        return try await inPieces(members) { connection, chunk in
            let trends = Dictionary(chunk.map { ($0.post, $0.trend) }) { first, _ in first }
            let revision = try connection.bumpSite(of: user, for: .trend)
            let watchlists = try connection.watchlists(of: user)
            try connection.rescore(trends, of: user, watchlists: watchlists, revision: revision)
            return Change(site: .user(user), revision: revision)
        }
    }

    /// Takes posts out of a watchlist whose new rule they do not meet.
    private func dropOutgrown(_ watchlist: Watchlist, of user: UserID) async throws -> Change? {
        let matcher = WatchlistMatcher(watchlist.rule)
        let members = try await database.read { try $0.members(of: watchlist.id) }
        return try await inPieces(members) { connection, chunk in
            let posts = try connection.fannedPosts(chunk.map(\.post), changed: [])
            let outgrown = chunk.filter { member in
                guard let post = posts[member.post] else { return false }
                return !matcher.matches(post.post, counts: post.counts, now: post.observedAt)
            }
            return try connection.leave(watchlist.id, outgrown.map(\.trend), of: user)
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

    fileprivate func members(of watchlist: WatchlistID) throws -> [(trend: TrendID, post: PostID)] {
        try rows(
            """
            SELECT trends.id, trends.post_id FROM trend_watchlists
            JOIN trends ON trends.id = trend_watchlists.trend_id
            WHERE trend_watchlists.watchlist_id = \(watchlist) ORDER BY trends.id
            """
        ) { ($0.id(0), $0.id(1)) }
    }

    /// `nil` when there is nothing to take out.
    fileprivate func leave(_ watchlist: WatchlistID, _ trends: [TrendID], of user: UserID) throws -> Change? {
        guard !trends.isEmpty else { return nil }
        let revision = try bumpSite(of: user, for: .watchlist)
        try execute("DELETE FROM trend_watchlists WHERE watchlist_id = \(watchlist) AND trend_id IN \(list: trends)")
        try execute("UPDATE trends SET revision = \(revision) WHERE id IN \(list: trends)")
        try deleteHomeless(of: user)
        return Change(site: .user(user), revision: revision)
    }
}
