import Core
import SQL

/// Computes every stored score anew from the tables, one trend after the other, without any of the product's shortcuts.
package struct ScoreAudit {
    private struct StoredTrend {
        let id: String
        let post: String
        let watchlists: [String]
        /// Ratio, median, number and kind of peers, or why there is none; velocity; rising.
        let score: String
    }

    private var posts: [String: (author: String?, platform: String, noun: String, history: PostHistory)] = [:]
    private var trends: [String: [StoredTrend]] = [:]
    private var names: [String: String] = [:]

    /// Reads the database at `location`. It must be small: all of it is in memory, and no author or watchlist may have more
    /// posts than are compared.
    package init(_ location: String) throws {
        let database = try Database(DatabaseAddress(location))
        defer { try? database.close() }
        (names, posts, trends) = try database.read { connection in
            try (ScoreAudit.names(connection), ScoreAudit.posts(connection), ScoreAudit.trends(connection))
        }
    }

    /// How many trends have an outlier score.
    package var scored: Int { trends.values.joined().count { !$0.score.hasPrefix("none") } }
    package var count: Int { trends.values.joined().count }

    /// A line for each trend whose stored score is not the one that follows from the tables.
    package func differences() -> [String] {
        trends.sorted { $0.key < $1.key }.flatMap { _, trends in
            trends.compactMap { trend in
                let right = score(of: trend, among: trends)
                return right == trend.score ? nil : "\(trend.post): stored \(trend.score), right \(right)"
            }
        }
    }

    private func score(of trend: StoredTrend, among trends: [StoredTrend]) -> String {
        guard let post = posts[trend.post] else { return "no post" }
        let author = posts.values.filter { $0.author != nil && $0.author == post.author }.map(\.history)
        let home = trend.watchlists.min()
        let cohort = trends.filter { other in home.map(other.watchlists.contains) ?? false }
            .compactMap { posts[$0.post] }.filter { $0.platform == post.platform }.map(\.history)
        let score = Scoring.score(
            of: post.history,
            among: ScorePeers(
                author: PeerGroup(author), cohort: PeerGroup(cohort),
                cohortName: home.flatMap { names[$0] } ?? "", noun: post.noun))
        let rest = ScoreAudit.text(score.velocity?.perHour, score.rising)
        switch score.outlier {
        case .notEnoughData(let reason): return "none: \(reason) \(rest)"
        case .known(let ratio, let basis):
            let kind =
                switch basis.cohort {
                case .author: "author"
                case .watchlist(let name): "watchlist:\(name)"
                }
            return "\(ScoreAudit.text(ratio, basis.median)) of \(basis.peers) by \(kind) \(rest)"
        }
    }

    private static func text(_ numbers: Double?...) -> String {
        numbers.map { $0.map { "\($0)" } ?? "-" }.joined(separator: " ")
    }

    // MARK: Tables

    private static func names(_ connection: Connection) throws -> [String: String] {
        try Dictionary(
            uniqueKeysWithValues: connection.rows("SELECT id, name FROM watchlists") { ($0.text(0), $0.text(1)) })
    }

    private static func posts(
        _ connection: Connection
    ) throws -> [String: (author: String?, platform: String, noun: String, history: PostHistory)] {
        var snapshots: [String: [Snapshot]] = [:]
        try connection.forEach(
            "SELECT post_id, observed_at, views, likes FROM snapshots ORDER BY post_id, observed_at"
        ) { row in
            let counts = Counts(views: row.optionalInteger(2), likes: row.optionalInteger(3))
            snapshots[row.text(0), default: []].append(
                Snapshot(observedAt: Instant(milliseconds: row.integer(1)), counts: counts))
        }
        let rows = try connection.rows("SELECT id, author_id, platform, content_type, published_at FROM posts") { row in
            let history = PostHistory(
                id: row.text(0), publishedAt: row.optionalInteger(4).map(Instant.init(milliseconds:)),
                snapshots: snapshots[row.text(0)] ?? [])
            return (row.text(0), (row.optionalText(1), row.text(2), row.text(3) == "video" ? "video" : "post", history))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static func trends(_ connection: Connection) throws -> [String: [StoredTrend]] {
        var watchlists: [String: [String]] = [:]
        try connection.forEach("SELECT trend_id, watchlist_id FROM trend_watchlists") { row in
            watchlists[row.text(0), default: []].append(row.text(1))
        }
        let rows = try connection.rows(
            """
            SELECT user_id, id, post_id, outlier_ratio, outlier_median, outlier_peers, outlier_cohort, outlier_reason,
                velocity_per_hour, rising FROM trends ORDER BY id
            """
        ) { row in
            let rest = text(row.optionalReal(8), row.optionalReal(9))
            let score =
                row.optionalReal(3).map { ratio in
                    "\(text(ratio, row.real(4))) of \(row.integer(5)) by \(row.text(6)) \(rest)"
                } ?? "none: \(row.optionalText(7) ?? "") \(rest)"
            let trend = StoredTrend(
                id: row.text(1), post: row.text(2), watchlists: watchlists[row.text(1)] ?? [], score: score)
            return (row.text(0), trend)
        }
        return Dictionary(grouping: rows) { $0.0 }.mapValues { $0.map(\.1) }
    }
}
