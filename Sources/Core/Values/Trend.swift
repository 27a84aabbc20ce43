/// What a user did with a trend.
package enum TrendState: String, Sendable, Hashable, CaseIterable, Codable {
    case new, seen, saved, hidden
}

/// A post in one user's list, with that user's state and the score as of its latest snapshot.
package struct Trend: Sendable, Hashable {
    package let id: TrendID
    package var post: Post
    package var state: TrendState
    package var tags: [String]
    /// The newest known value of each count.
    package var counts: Counts
    /// When `counts` were last observed.
    package var observedAt: Instant
    /// Every stored snapshot, oldest first, at most `Trend.historyLimit`, the newest kept.
    package var history: [Snapshot]
    package var score: TrendScore
    package var watchlistIDs: [WatchlistID]
    package var addedAt: Instant

    package static let historyLimit = 60

    package init(
        id: TrendID, post: Post, state: TrendState = .new, tags: [String] = [], history: [Snapshot],
        score: TrendScore, watchlistIDs: [WatchlistID], addedAt: Instant
    ) {
        (self.id, self.post, self.state, self.tags) = (id, post, state, tags)
        (self.history, self.score, self.watchlistIDs, self.addedAt) = (history, score, watchlistIDs, addedAt)
        counts = history.reduce(into: Counts()) { known, snapshot in
            known.views = snapshot.counts.views ?? known.views
            known.likes = snapshot.counts.likes ?? known.likes
            known.shares = snapshot.counts.shares ?? known.shares
            known.comments = snapshot.counts.comments ?? known.comments
        }
        observedAt = history.last?.observedAt ?? addedAt
    }
}
