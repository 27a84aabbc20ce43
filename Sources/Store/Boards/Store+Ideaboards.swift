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
        let change = try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .attachment)
            let inserted = try connection.execute(
                """
                INSERT INTO ideaboards (id, user_id, title, content, tags_json, status, revision, created_at, updated_at)
                SELECT \(id), \(user), \(title), \(content), '[]', 'draft', \(revision), \(now), \(now)
                WHERE \(Query.room(for: .ideaboards, of: user, allowance: allowance))
                """)
            if inserted == 0 { try connection.refuse(.ideaboards, of: user, allowance: allowance) }
            for (position, trend) in trends.enumerated() {
                try connection.attach(trend, to: id, at: position, for: user, revision: revision)
            }
            return Change(site: .user(user), revision: revision)
        }
        return (id, change)
    }

    /// Replaces title, text and status of one of the user's ideaboards.
    package func updateIdeaboard(
        _ id: IdeaboardID, title: String, content: String, status: IdeaboardStatus, for user: UserID, now: Instant
    ) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .ideaboard)
            let before = try connection.first("SELECT title FROM ideaboards WHERE id = \(id) AND user_id = \(user)") {
                $0.text(0)
            }
            guard let before else { throw StoreFailure.missing("ideaboard \(id)") }
            try connection.execute(
                """
                UPDATE ideaboards SET title = \(title), content = \(content), status = \(status.rawValue),
                    revision = \(revision), updated_at = \(now)
                WHERE id = \(id)
                """)
            if before != title { try connection.stampTrends(of: id, revision: revision) }
            return Change(site: .user(user), revision: revision)
        }
    }

    package func deleteIdeaboard(_ id: IdeaboardID, for user: UserID) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .attachment)
            try connection.stampTrends(of: id, revision: revision)
            let deleted = try connection.execute("DELETE FROM ideaboards WHERE id = \(id) AND user_id = \(user)")
            guard deleted == 1 else { throw StoreFailure.missing("ideaboard \(id)") }
            return Change(site: .user(user), revision: revision)
        }
    }

    /// Adds a trend to an ideaboard's evidence, after what is there; one that is there already stays where it is.
    package func attach(_ trend: TrendID, to board: IdeaboardID, for user: UserID) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .attachment)
            try connection.stampIdeaboard(board, of: user, revision: revision)
            let last = try connection.first(
                "SELECT max(position) FROM ideaboard_trends WHERE ideaboard_id = \(board)"
            ) { $0.optionalInteger(0) }
            try connection.attach(trend, to: board, at: Int((last ?? nil) ?? -1) + 1, for: user, revision: revision)
            return Change(site: .user(user), revision: revision)
        }
    }

    package func detach(_ trend: TrendID, from board: IdeaboardID, for user: UserID) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .attachment)
            try connection.stampIdeaboard(board, of: user, revision: revision)
            try connection.execute("UPDATE trends SET revision = \(revision) WHERE id = \(trend) AND user_id = \(user)")
            try connection.execute(
                "DELETE FROM ideaboard_trends WHERE ideaboard_id = \(board) AND trend_id = \(trend)")
            return Change(site: .user(user), revision: revision)
        }
    }
}

extension Connection {
    fileprivate func attach(
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

    fileprivate func stampIdeaboard(_ board: IdeaboardID, of user: UserID, revision: Int64) throws {
        let own = try execute("UPDATE ideaboards SET revision = \(revision) WHERE id = \(board) AND user_id = \(user)")
        guard own == 1 else { throw StoreFailure.missing("ideaboard \(board)") }
    }

    /// The rows at the other end: trends whose pages name this ideaboard.
    fileprivate func stampTrends(of board: IdeaboardID, revision: Int64) throws {
        try execute(
            """
            UPDATE trends SET revision = \(revision)
            WHERE id IN (SELECT trend_id FROM ideaboard_trends WHERE ideaboard_id = \(board))
            """)
    }
}
