import Core
import SQL

extension Store: TrendBulkEditing {
    package func editTrends(
        _ ids: [TrendID], _ edit: TrendBulkEdit, of user: UserID
    ) async throws -> (edited: [TrendID], change: Change?) {
        try await database.write { try $0.editTrends(ids, edit, of: user) }
    }

    package func markSeen(until instant: Instant, of user: UserID) async throws -> (count: Int, change: Change?) {
        try await database.write { connection in
            let new: [TrendID] = try connection.rows(
                """
                SELECT id FROM trends WHERE user_id = \(user) AND state = 'new' AND added_at <= \(instant) ORDER BY id
                """
            ) { $0.id(0) }
            guard !new.isEmpty else { return (0, nil) }
            let revision = try connection.bumpSite(of: user, for: .trend)
            for chunk in new.chunked(500) {
                try connection.execute(
                    "UPDATE trends SET state = 'seen', revision = \(revision) WHERE id IN \(list: chunk)")
                try connection.execute(
                    """
                    UPDATE ideaboards SET revision = \(revision) WHERE id IN
                        (SELECT ideaboard_id FROM ideaboard_trends WHERE trend_id IN \(list: chunk))
                    """)
            }
            return (new.count, Change(site: .user(user), revision: revision))
        }
    }
}

extension Connection {
    /// Applies one edit to the user's trends among `ids`; says which of them are the user's.
    func editTrends(
        _ ids: [TrendID], _ edit: TrendBulkEdit, of user: UserID
    ) throws -> (edited: [TrendID], change: Change?) {
        let before = try wholeTrends(Set(ids).sorted(), of: user)
        let after = before.map { trend in
            var trend = trend
            trend.state = edit.state ?? trend.state
            trend.tags = edit.tags(after: trend.tags)
            return trend
        }
        let changed = zip(before, after).filter { $0.0 != $0.1 }
        guard !changed.isEmpty else { return (before.map(\.id), nil) }
        let revision = try bumpSite(of: user, for: .trend)
        for (old, new) in changed { try write(new, tagged: old.tags != new.tags, revision: revision) }
        return (before.map(\.id), Change(site: .user(user), revision: revision))
    }
}
