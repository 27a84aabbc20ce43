import Core
import SQL

extension Store: WatchlistKeeping {
    /// So many posts are looked at in one transaction: short, so that other writes wait little.
    private static let matchingPiece = 200

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
        let created = try await database.write {
            try $0.insert(watchlist, of: user, within: allowance, matching: makeToken())
        }
        return (watchlist, await afterwards { try await match(watchlist.id, of: user, now: now) } ?? created)
    }

    package func editWatchlist(
        _ id: WatchlistID, to draft: WatchlistDraft, for user: UserID, now: Instant
    ) async throws -> (Watchlist, Change?) {
        guard let old = try await watchlist(id, of: user) else { throw StoreFailure.missing("watchlist \(id)") }
        let after = Watchlist(id: id, name: draft.name, rule: draft.rule, createdAt: old.createdAt)
        var written: Change?
        if after != old {
            written = try await database.write { connection in
                let change = try connection.update(after, of: user, matching: makeToken(), now: now)
                try connection.renameInScores(id, to: after.name, of: user)
                return change
            }
        }
        return (after, await afterwards { try await match(id, of: user, now: now) } ?? written)
    }

    package func removeWatchlist(_ id: WatchlistID, of user: UserID) async throws -> Change {
        let token = makeToken()
        let (change, rest) = try await database.write { try $0.removeWatchlist(id, of: user, token: token) }
        return await settle(rest, of: user, token) ?? change
    }

    /// What follows a write that is committed. When it fails the write stands all the same, and what is marked is brought to
    /// its end later.
    private func afterwards(_ work: () async throws -> Change?) async -> Change? {
        do { return try await work() } catch { return nil }
    }

    /// Scores what was left, in short transactions, and clears the marks of `token`.
    func settle(_ rest: ScoreReach?, of user: UserID, _ token: Int64) async -> Change? {
        guard let rest else { return nil }
        return await afterwards {
            let change = try await score(of: user) { try $0.reached(rest, user: user) }
            try await database.write { try $0.clearMarks(of: token) }
            return change
        }
    }

    /// Whether something was begun that `matchWatchlists` or a `fanOut` has to bring to its end, or is under way.
    package func isUnsettled() async throws -> Bool {
        try await database.read { connection in
            let due: Query = "SELECT 1 FROM stale_posts UNION ALL SELECT 1 FROM watchlists WHERE matching <> 0 LIMIT 1"
            return try connection.first(due) { _ in true } ?? false
        }
    }

    /// Brings watchlists to their end that somebody began to match and did not.
    package func matchWatchlists(now: Instant) async throws {
        let unmatched: [(WatchlistID, UserID)] = try await database.read { connection in
            try connection.rows("SELECT id, user_id FROM watchlists WHERE matching <> 0 ORDER BY id") {
                ($0.id(0), $0.id(1))
            }
        }
        for (id, user) in unmatched { _ = try await match(id, of: user, now: now) }
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

    /// Lets stored posts leave that do not fit the rule, and the newest that do join; then scores whom that concerns.
    /// Nothing is done, and `nil` returned, when that is so already or the watchlist is gone. Every piece goes by the
    /// rule as it then is: of several at once each ends with the last one.
    private func match(_ id: WatchlistID, of user: UserID, now: Instant) async throws -> Change? {
        let token = makeToken()
        guard let matching = try await database.read({ try $0.matching(of: id) }) else { return nil }
        let before = try await members(of: id)
        let left = try await inPieces(before) { connection, chunk in
            try connection.dropOutgrown(from: id, chunk, of: user, token)
        }
        let joined = try await refill(id, of: user, token, now: now)
        let after = try await members(of: id)
        let moved = Set(before).symmetricDifference(after)
        let scored = try await score(of: user) { connection in
            let cohorts = try connection.cohorts(of: after, user: user).filter { $0.watchlist == id }
            return try connection.reached(ScoreReach(posts: moved, cohorts: cohorts), user: user)
        }
        try await database.write { connection in
            try connection.execute("UPDATE watchlists SET matching = 0 WHERE id = \(id) AND matching = \(matching)")
            try connection.clearMarks(of: token)
        }
        return scored ?? joined ?? left
    }

    private func refill(
        _ id: WatchlistID, of user: UserID, _ token: Int64, now: Instant
    ) async throws -> Change? {
        let ids = try await database.read { try $0.newestPosts(WatchlistPreview.mostExamined) }
        return try await inPieces(ids) { connection, chunk in
            guard let watchlist = try connection.watchlists(of: user).first(where: { $0.id == id }) else { return nil }
            let posts = try connection.fannedPosts(chunk, changed: []).values.sorted { $0.id < $1.id }
            let part = UserFanOut(user: user, matching: [watchlist], posts, isNews: false, now: now)
            let step = try apply(part, scoring: false, on: connection)
            try connection.markStale(step.changed, changed: false, token: token)
            return step.change
        }
    }

    private func members(of watchlist: WatchlistID) async throws -> [PostID] {
        try await database.read { try $0.members(of: watchlist) }
    }

    /// Writes, in short transactions, the scores in `reach` that differ from what follows from the tables.
    private func score(
        of user: UserID, _ reach: @escaping @Sendable (Connection) throws -> ScoreReach
    ) async throws -> Change? {
        var run = ScoringRun(of: user, reach: reach)
        while !run.isDone {
            let before = run
            run =
                run.needsPlan
                ? try await database.read { try before.planned(on: $0) }
                : try await database.write { try before.stepped(on: $0) }
        }
        return run.change
    }

    /// Works through `items` in short transactions. Returns the last change.
    private func inPieces<Item: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Connection, [Item]) throws -> Change?
    ) async throws -> Change? {
        var last: Change?
        for chunk in items.chunked(Self.matchingPiece) {
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
    func insert(
        _ watchlist: Watchlist, of user: UserID, within allowance: Int64, matching: Int64
    ) throws -> Change {
        let (revision, now) = (try bumpSite(of: user, for: .watchlist), watchlist.createdAt)
        let inserted = try execute(
            """
            INSERT INTO watchlists (id, user_id, name, rule_json, created_at, updated_at, matching)
            SELECT \(watchlist.id), \(user), \(watchlist.name), \(try JSONColumn.encode(watchlist.rule)), \(now), \(now),
                \(matching)
            WHERE \(Query.room(for: .watchlists, of: user, allowance: allowance))
            """)
        if inserted == 0 { try refuse(.watchlists, of: user, allowance: allowance) }
        return Change(site: .user(user), revision: revision)
    }

    fileprivate func update(
        _ watchlist: Watchlist, of user: UserID, matching: Int64, now: Instant
    ) throws -> Change {
        let revision = try bumpSite(of: user, for: .watchlist)
        let rule = try JSONColumn.encode(watchlist.rule)
        let changed = try execute(
            """
            UPDATE watchlists SET name = \(watchlist.name), rule_json = \(rule), updated_at = \(now),
                matching = CASE WHEN rule_json = \(rule) THEN matching ELSE \(matching) END
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

    /// What names the change whose matching is not finished; `nil` when all are.
    fileprivate func matching(of watchlist: WatchlistID) throws -> Int64? {
        try first("SELECT matching FROM watchlists WHERE id = \(watchlist) AND matching <> 0") { $0.integer(0) }
    }

    /// Takes those of the posts out of a watchlist that do not meet its rule, and marks them: what stays of them elsewhere
    /// is to be scored. `nil` when there is nothing to take out.
    fileprivate func dropOutgrown(
        from id: WatchlistID, _ posts: [PostID], of user: UserID, _ token: Int64
    ) throws -> Change? {
        guard let watchlist = try watchlists(of: user).first(where: { $0.id == id }) else { return nil }
        let matcher = WatchlistMatcher(watchlist.rule)
        let outgrown = try fannedPosts(posts, changed: []).values
            .filter { !matcher.matches($0.post, counts: $0.counts, now: $0.observedAt) }.map(\.id).sorted()
        guard !outgrown.isEmpty else { return nil }
        let revision = try bumpSite(of: user, for: .watchlist)
        let trends: Query = "SELECT id FROM trends WHERE user_id = \(user) AND post_id IN \(list: outgrown)"
        try execute(
            "UPDATE trends SET revision = \(revision) WHERE user_id = \(user) AND post_id IN \(list: outgrown)")
        try execute("DELETE FROM trend_watchlists WHERE watchlist_id = \(id) AND trend_id IN (\(trends))")
        try deleteHomeless(of: user, among: outgrown)
        try markStale(outgrown, changed: false, token: token)
        return Change(site: .user(user), revision: revision)
    }
}
