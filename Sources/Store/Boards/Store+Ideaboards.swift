import Core
import SQL

extension Store {
    /// Creates an ideaboard, with evidence in the given order. Trends that are not the user's are refused; when the user
    /// then had more than `allowance`, it throws `QuotaExceeded`.
    @discardableResult
    package func createIdeaboard(
        _ title: String, content: String, trends: [TrendID] = [], for user: UserID, within allowance: Int64 = .max,
        now: Instant
    ) throws -> (id: IdeaboardID, change: Change) {
        let id: IdeaboardID = makeID(now)
        let draft = IdeaboardDraft(title: title, description: nil, content: content, tags: [], status: .draft)
        let change = try database.write { connection in
            try connection.insertIdeaboard(draft, as: id, trends: trends, for: user, within: allowance, now: now)
        }
        return (id, change)
    }

    /// Replaces title, text and status of one of the user's ideaboards, whatever its version.
    package func updateIdeaboard(
        _ id: IdeaboardID, title: String, content: String, status: IdeaboardStatus, for user: UserID, now: Instant
    ) throws -> Change {
        try database.write { connection in
            var draft = try connection.ideaboard(id, of: user).draft
            (draft.title, draft.content, draft.status) = (title, content, status)
            return try connection.write(draft, to: id, of: user, now: now)
        }
    }

    package func deleteIdeaboard(_ id: IdeaboardID, for user: UserID) throws -> Change {
        try database.write { try $0.deleteIdeaboard(id, of: user) }
    }

    /// Adds a trend to an ideaboard's evidence, after what is there; one that is there already stays where it is.
    package func attach(_ trend: TrendID, to board: IdeaboardID, for user: UserID) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .attachment)
            try connection.stampIdeaboard(board, of: user, revision: revision)
            try connection.attach(
                trend, to: board, at: connection.nextPosition(on: board), for: user, revision: revision)
            return Change(site: .user(user), revision: revision)
        }
    }

    package func detach(_ trend: TrendID, from board: IdeaboardID, for user: UserID) throws -> Change {
        try database.write { try $0.detach(trend, from: board, for: user) }
    }
}

extension Connection {
    /// Throws `QuotaExceeded` when the user then had more than `allowance`.
    func insertIdeaboard(
        _ draft: IdeaboardDraft, as id: IdeaboardID, trends: [TrendID], for user: UserID, within allowance: Int64,
        now: Instant
    ) throws -> Change {
        let revision = try bumpSite(of: user, for: .attachment)
        let inserted = try execute(
            """
            INSERT INTO ideaboards (id, user_id, title, description, content, tags_json, status, revision, created_at,
                updated_at)
            SELECT \(id), \(user), \(draft.title), \(draft.description), \(draft.content),
                \(try JSONColumn.encode(draft.tags)), \(draft.status.rawValue), \(revision), \(now), \(now)
            WHERE \(Query.room(for: .ideaboards, of: user, allowance: allowance))
            """)
        if inserted == 0 { try refuse(.ideaboards, of: user, allowance: allowance) }
        try keepVersion(1, of: id, isAutosave: false, startedAt: now, now: now)
        for (position, trend) in trends.enumerated() {
            try attach(trend, to: id, at: position, for: user, revision: revision)
        }
        return Change(site: .user(user), revision: revision)
    }

    func deleteIdeaboard(_ id: IdeaboardID, of user: UserID) throws -> Change {
        let revision = try bumpSite(of: user, for: .attachment)
        try stampTrends(of: id, revision: revision)
        let deleted = try execute("DELETE FROM ideaboards WHERE id = \(id) AND user_id = \(user)")
        guard deleted == 1 else { throw StoreFailure.missing("ideaboard \(id)") }
        return Change(site: .user(user), revision: revision)
    }

    func nextPosition(on board: IdeaboardID) throws -> Int {
        let last = try first("SELECT max(position) FROM ideaboard_trends WHERE ideaboard_id = \(board)") {
            $0.optionalInteger(0)
        }
        return Int((last ?? nil) ?? -1) + 1
    }

    func detach(_ trend: TrendID, from board: IdeaboardID, for user: UserID) throws -> Change {
        let revision = try bumpSite(of: user, for: .attachment)
        try stampIdeaboard(board, of: user, revision: revision)
        try execute("UPDATE trends SET revision = \(revision) WHERE id = \(trend) AND user_id = \(user)")
        try execute("DELETE FROM ideaboard_trends WHERE ideaboard_id = \(board) AND trend_id = \(trend)")
        return Change(site: .user(user), revision: revision)
    }

    func attach(
        _ trend: TrendID, to board: IdeaboardID, at position: Int, for user: UserID, revision: Int64
    ) throws {
        let own = try execute("UPDATE trends SET revision = \(revision) WHERE id = \(trend) AND user_id = \(user)")
        guard own == 1 else { throw StoreFailure.missing("trend \(trend)") }
        try execute(
            """
            INSERT INTO ideaboard_trends (ideaboard_id, trend_id, position) VALUES (\(board), \(trend), \(position))
            ON CONFLICT (ideaboard_id, trend_id) DO NOTHING
            """)
    }

    func stampIdeaboard(_ board: IdeaboardID, of user: UserID, revision: Int64) throws {
        let own = try execute("UPDATE ideaboards SET revision = \(revision) WHERE id = \(board) AND user_id = \(user)")
        guard own == 1 else { throw StoreFailure.missing("ideaboard \(board)") }
    }

    /// The rows at the other end: trends whose pages name this ideaboard.
    func stampTrends(of board: IdeaboardID, revision: Int64) throws {
        try execute(
            """
            UPDATE trends SET revision = \(revision)
            WHERE id IN (SELECT trend_id FROM ideaboard_trends WHERE ideaboard_id = \(board))
            """)
    }
}
