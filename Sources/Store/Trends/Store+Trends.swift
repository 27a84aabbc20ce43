import Core
import SQL

extension Store {
    /// Sets what the user did with a trend.
    package func setState(_ state: TrendState, of trend: TrendID, for user: UserID) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .trend)
            let changed = try connection.execute(
                """
                UPDATE trends SET state = \(state.rawValue), revision = \(revision)
                WHERE id = \(trend) AND user_id = \(user)
                """)
            guard changed == 1 else { throw StoreFailure.missing("trend \(trend)") }
            try connection.stampIdeaboards(with: trend, revision: revision)
            return Change(site: .user(user), revision: revision)
        }
    }
}

extension Connection {
    /// The rows at the other end: ideaboards that show this trend as evidence.
    func stampIdeaboards(with trend: TrendID, revision: Int64) throws {
        try execute(
            """
            UPDATE ideaboards SET revision = \(revision)
            WHERE id IN (SELECT ideaboard_id FROM ideaboard_trends WHERE trend_id = \(trend))
            """)
    }
}
