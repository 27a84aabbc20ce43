import Core
import SQL

extension Connection {
    /// Ideaboards that meet `condition`, last edited first, with the ids of their trends; `part` limits the list.
    func ideaboards(_ condition: Query, withContent: Bool, part: Query = "") throws -> [Ideaboard] {
        let content: Query = withContent ? "content" : "''"
        var boards = try rows(
            """
            SELECT id, title, description, \(content), tags_json, status, slug, version, created_at, updated_at
            FROM ideaboards WHERE \(condition) ORDER BY updated_at DESC, id DESC \(part)
            """
        ) { row in
            Ideaboard(
                id: row.id(0), title: row.text(1), description: row.optionalText(2), content: row.text(3),
                tags: try row.texts(4), status: row.value(5, or: .draft), slug: row.optionalText(6),
                version: row.integer(7), createdAt: row.instant(8), updatedAt: row.instant(9))
        }
        guard !boards.isEmpty else { return [] }
        let attached = try attachments(
            part.text.isEmpty
                ? "ideaboard_id IN (SELECT id FROM ideaboards WHERE \(condition))"
                : "ideaboard_id IN \(list: boards.map(\.id))")
        for index in boards.indices { boards[index].trendIDs = attached[boards[index].id] ?? [] }
        return boards
    }

    /// One of the user's boards, whole; throws when there is none.
    func ideaboard(_ id: IdeaboardID, of user: UserID) throws -> Ideaboard {
        guard let board = try ideaboards("id = \(id) AND user_id = \(user)", withContent: true).first else {
            throw StoreFailure.missing("ideaboard \(id)")
        }
        return board
    }

    private func attachments(_ condition: Query) throws -> [IdeaboardID: [TrendID]] {
        var trends: [IdeaboardID: [TrendID]] = [:]
        let query: Query = """
            SELECT ideaboard_id, trend_id FROM ideaboard_trends WHERE \(condition) ORDER BY ideaboard_id, position, trend_id
            """
        try forEach(query) { trends[$0.id(0), default: []].append($0.id(1)) }
        return trends
    }

    func watchlists(of user: UserID) throws -> [Watchlist] {
        try rows(
            "SELECT id, name, rule_json, created_at FROM watchlists WHERE user_id = \(user) ORDER BY created_at, id"
        ) {
            Watchlist(
                id: $0.id(0), name: $0.text(1), rule: try JSONColumn.decode(WatchlistRule.self, $0.text(2)),
                createdAt: $0.instant(3))
        }
    }
}
