import Core
import SQL

extension Store: SiteContentReading {
    package func version(of site: SiteName) throws -> SiteVersion? {
        switch site {
        case .user(let user):
            try versions.first(user.rawValue) { SiteVersion(key: $0.text(0), revision: $0.integer(1)) }
        case .board(let slug): try sharedVersions.first(slug, SharedSite.version)
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

extension Connection {
    fileprivate func siteHead(of user: UserID) throws -> SiteHead? {
        let columns = Section.allCases.map { "\($0.columnName)_revision" }.joined(separator: ", ")
        let query: Query = """
            SELECT key, revision, feed_version, \(Query(stringLiteral: columns)) FROM sites WHERE user_id = \(user)
            """
        return try first(query) { row in
            SiteHead(
                key: row.text(0), name: .user(user), revision: row.integer(1), feedVersion: row.integer(2),
                sections: Section.allCases.indices.map { row.integer(3 + $0) })
        }
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

    func listedTrends(limit: Int) throws -> [Trend] {
        let newest = try cards(
            "trends.user_id = \(userID) ORDER BY trends.added_at DESC, trends.id DESC LIMIT \(limit)")
        guard newest.count == limit else { return newest }
        let listed = Set(newest.map(\.id))
        return newest + (try savedTrends().filter { !listed.contains($0.id) })
    }

    func savedTrends() throws -> [Trend] {
        try cards(
            "trends.user_id = \(userID) AND trends.state = 'saved' ORDER BY trends.added_at DESC, trends.id DESC")
    }

    func trends(_ ids: [TrendID]) throws -> [Trend] {
        try connection.wholeTrends(ids, of: userID)
    }

    func trendIDs(changedAfter revision: Int64) throws -> [TrendID] {
        try connection.rows("SELECT id FROM trends WHERE user_id = \(userID) AND revision > \(revision) ORDER BY id") {
            $0.id(0)
        }
    }

    func ideaboards() throws -> [Ideaboard] {
        try connection.ideaboards("user_id = \(userID)", withContent: false)
    }

    func ideaboards(changedAfter revision: Int64) throws -> [Ideaboard] {
        try connection.ideaboards("user_id = \(userID) AND revision > \(revision)", withContent: true)
    }

    func ideaboard(_ id: IdeaboardID) throws -> Ideaboard? {
        try connection.ideaboards("user_id = \(userID) AND id = \(id)", withContent: true).first
    }

    func sharedIdeaboard(_ slug: String) throws -> Ideaboard? {
        try connection.ideaboards("user_id = \(userID) AND slug = \(slug)", withContent: true).first
    }

    private func cards(_ condition: Query) throws -> [Trend] {
        let rows = try connection.rows("\(TrendRow.selectCard) WHERE \(condition)") { try TrendRow.card($0, [:]) }
        guard !rows.isEmpty else { return [] }
        let lists = try connection.watchlistIDs(of: userID, for: rows.count > 200 ? nil : rows.map(\.id))
        return rows.map { trend in
            var trend = trend
            trend.watchlistIDs = lists[trend.id] ?? []
            return trend
        }
    }
}

extension Array {
    func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
