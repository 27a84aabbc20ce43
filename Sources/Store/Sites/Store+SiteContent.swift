import Core
import SQL

extension Store: SiteContentReading {
    package func version(of site: SiteName) throws -> SiteVersion? {
        guard let (reader, key) = versions(of: site) else { return nil }
        return try reader.first(key)
    }

    package func versionAtOnce(of site: SiteName) throws -> SiteVersion? {
        versions.isInstant ? try version(of: site) : nil
    }

    package func currentVersion(of site: SiteName) async throws -> SiteVersion? {
        guard let (reader, key) = versions(of: site) else { return nil }
        return try await reader.first(key)
    }

    /// What reads a site's version, and by which key.
    private func versions(of site: SiteName) -> (PointReader<SiteVersion>, String)? {
        switch site {
        case .user(let user): (versions, user.rawValue)
        case .board(let slug): (sharedVersions, slug)
        case .publicPages: nil
        }
    }

    package func withSnapshot<Value>(
        of site: SiteName, _ body: (any SiteSnapshot) throws -> Value
    ) throws -> Value? {
        try database.read { connection in
            switch site {
            case .user(let user):
                guard let head = try connection.siteHead(of: user) else { return nil }
                return try body(UserSnapshot(connection: connection, head: head, userID: user))
            case .board(let slug):
                guard let (head, owner) = try connection.sharedSite(slug) else { return nil }
                return try body(UserSnapshot(connection: connection, head: head, userID: owner))
            case .publicPages: return nil
            }
        }
    }

    package func userSites() throws -> [(user: UserID, version: SiteVersion)] {
        try database.read { connection in
            try connection.rows("SELECT user_id, key, revision FROM sites ORDER BY user_id") {
                ($0.id(0), SiteVersion(key: $0.text(1), revision: $0.integer(2)))
            }
        }
    }
}

extension SiteVersion {
    /// From a row of key and revision.
    init(_ row: Row) {
        self.init(key: row.text(0), revision: row.integer(1))
    }
}

extension Connection {
    fileprivate func siteHead(of user: UserID) throws -> SiteHead? {
        try siteHeads(of: [user]).first?.1
    }
}

/// One user's data inside one read transaction.
private struct UserSnapshot: SiteSnapshot {
    let connection: Connection
    let head: SiteHead
    let userID: UserID

    func user() throws -> User {
        guard let found = try connection.user(userID) else { throw StoreFailure.missing("user \(userID)") }
        return found
    }

    func watchlists() throws -> [Watchlist] {
        try connection.watchlists(of: userID)
    }

    func listedTrends(limit: Int, whole: Int) throws -> [Trend] {
        let newest: Query =
            "trends.user_id = \(userID) ORDER BY trends.added_at DESC, trends.id DESC LIMIT \(limit + 1)"
        var trends = try rows(newest, whole: whole)
        guard trends.count > limit else {
            // All of the user's: one walk over the watchlists costs half as much as a look for each trend.
            try join(
                &trends, "watchlist_id IN (SELECT id FROM watchlists WHERE user_id = \(userID)) ORDER BY watchlist_id")
            return trends
        }
        try join(&trends, memberships(of: newest))
        trends.removeLast()
        let known = Set(trends.map { $0.id })
        return trends + (try savedTrends().filter { !known.contains($0.id) })
    }

    func savedTrends() throws -> [Trend] {
        let saved: Query = """
            trends.user_id = \(userID) AND trends.state = 'saved' ORDER BY trends.added_at DESC, trends.id DESC
            """
        var trends = try rows(saved)
        try join(&trends, memberships(of: saved))
        return trends
    }

    func trends(_ ids: [TrendID]) throws -> [Trend] {
        try ids.chunked(200).flatMap { chunk in
            let condition: Query = "trends.user_id = \(userID) AND trends.id IN \(list: chunk)"
            var trends = try rows(condition, whole: chunk.count)
            try join(&trends, memberships(of: condition))
            return trends
        }
    }

    func trendIDs(changedAfter revision: Int64) throws -> [TrendID] {
        try connection.rows("SELECT id FROM trends WHERE user_id = \(userID) AND revision > \(revision) ORDER BY id") {
            $0.id(0)
        }
    }

    func ideaboards() throws -> [Ideaboard] {
        try connection.ideaboards("user_id = \(userID)", withContent: false)
    }

    func collections() throws -> [CollectionContents] {
        try connection.collectionContents(of: userID)
    }

    func ideaboardTexts(changedAfter revision: Int64) throws -> [IdeaboardID: String] {
        var texts: [IdeaboardID: String] = [:]
        let query: Query = "SELECT id, content FROM ideaboards WHERE user_id = \(userID) AND revision > \(revision)"
        try connection.forEach(query) { texts[$0.id(0)] = $0.text(1) }
        return texts
    }

    func ideaboard(_ id: IdeaboardID) throws -> Ideaboard? {
        try connection.ideaboards("user_id = \(userID) AND id = \(id)", withContent: true).first
    }

    func sharedIdeaboard(_ slug: String) throws -> Ideaboard? {
        try connection.ideaboards("user_id = \(userID) AND slug = \(slug)", withContent: true).first
    }

    func usage(at now: Instant) throws -> UsageTally {
        try connection.usage(of: userID, now: now)
    }

    func openJobs(among limit: Int) throws -> [Job] {
        try connection.openJobs(of: userID, among: limit)
    }

    /// Trends that meet `condition`, in its order, the first `whole` of them with text and hashtags; without watchlists.
    private func rows(_ condition: Query, whole: Int = 0) throws -> [Trend] {
        let select = whole > 0 ? TrendRow.selectWhole : TrendRow.selectCard
        var trends: [Trend] = []
        try connection.forEach("\(select) WHERE \(condition)") { row in
            trends.append(trends.count < whole ? try TrendRow.whole(row) : try TrendRow.card(row))
        }
        return trends
    }

    private func memberships(of condition: Query) -> Query {
        "trend_id IN (SELECT trends.id FROM trends WHERE \(condition)) ORDER BY trend_id, watchlist_id"
    }

    /// Gives each trend its watchlists, oldest first, as the rows of `trend_watchlists` that `condition` chooses say.
    private func join(_ trends: inout [Trend], _ condition: Query) throws {
        guard !trends.isEmpty else { return }
        var lists: [TrendID: [WatchlistID]] = [:]
        lists.reserveCapacity(trends.count)
        try connection.forEach("SELECT trend_id, watchlist_id FROM trend_watchlists WHERE \(condition)") {
            lists[$0.id(0), default: []].append($0.id(1))
        }
        for index in trends.indices { trends[index].watchlistIDs = lists[trends[index].id] ?? [] }
    }
}

extension Array {
    func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
