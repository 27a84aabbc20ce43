import Core
import SQL

extension Store: TrendEditing {
    package func editTrend(
        _ id: TrendID, _ edit: TrendEdit, of user: UserID
    ) async throws -> (trend: Trend, change: Change?) {
        try await database.write { connection in
            guard let before = try connection.wholeTrends([id], of: user).first else {
                throw StoreFailure.missing("trend \(id)")
            }
            var after = before
            after.state = edit.state ?? before.state
            after.tags = edit.tags.map(Tag.unique) ?? before.tags
            guard after != before else { return (before, nil) }
            let revision = try connection.bumpSite(of: user, for: .trend)
            try connection.write(after, tagged: after.tags != before.tags, revision: revision)
            return (after, Change(site: .user(user), revision: revision))
        }
    }

    package func removeTrend(_ id: TrendID, of user: UserID) async throws -> Change {
        let token = makeToken()
        let (change, rest) = try await database.write { try $0.deleteTrend(id, of: user, token: token) }
        return await settle(rest, of: user, token) ?? change
    }
}

extension Connection {
    /// Writes state and tags of a trend whose owner is known to be right.
    func write(_ trend: Trend, tagged: Bool, revision: Int64) throws {
        try execute(
            """
            UPDATE trends SET state = \(trend.state.rawValue), tags_json = \(try JSONColumn.encode(trend.tags)),
                revision = \(revision)
            WHERE id = \(trend.id)
            """)
        try stampIdeaboards(with: trend.id, revision: revision)
        guard tagged else { return }
        try execute("DELETE FROM trend_tags WHERE trend_id = \(trend.id)")
        for tag in trend.tags {
            try execute("INSERT INTO trend_tags (trend_id, tag) VALUES (\(trend.id), \(tag.lowercased()))")
        }
    }

    /// Deletes one of the user's trends, which is no longer among the peers of others and does not come back. The others
    /// are scored; where they may be many one of each cohort is marked, and `rest` is whom it concerns.
    fileprivate func deleteTrend(
        _ trend: TrendID, of user: UserID, token: Int64
    ) throws -> (Change, rest: ScoreReach?) {
        let revision = try bumpSite(of: user, for: .trend)
        try stampIdeaboards(with: trend, revision: revision)
        let found: PostID? = try first("SELECT post_id FROM trends WHERE id = \(trend) AND user_id = \(user)") {
            $0.id(0)
        }
        guard let post = found else { throw StoreFailure.missing("trend \(trend)") }
        let others = ScoreReach(posts: [], cohorts: try cohorts(of: [post], user: user))
        try execute("DELETE FROM trends WHERE id = \(trend)")
        try execute(
            "INSERT INTO removed_trends (user_id, post_id) VALUES (\(user), \(post)) ON CONFLICT DO NOTHING")
        let change = Change(site: .user(user), revision: revision)
        guard try !isMuch(others) else {
            try markStale(others.cohorts.compactMap { try anyMember(of: $0) }, changed: false, token: token)
            return (change, others)
        }
        _ = try rescore(try reached(others, user: user), of: user, after: change)
        return (change, nil)
    }
}
