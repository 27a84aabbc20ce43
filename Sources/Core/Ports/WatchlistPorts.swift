/// Reads and changes one user's watchlists; throws `StoreFailure.missing` for those that the user does not have.
package protocol WatchlistKeeping: Sendable {
    /// Oldest first.
    func watchlists(of user: UserID) async throws -> [Watchlist]
    func watchlist(_ id: WatchlistID, of user: UserID) async throws -> Watchlist?
    /// Creates a watchlist and lets the newest stored posts join it.
    func addWatchlist(_ draft: WatchlistDraft, for user: UserID, now: Instant) async throws -> (Watchlist, Change)
    /// Renames it, or gives it a new rule: stored posts that fit now join, those that do not leave it, and with it the
    /// list of trends, unless they are saved, evidence or in another watchlist. `nil` when nothing changed.
    func editWatchlist(
        _ id: WatchlistID, to draft: WatchlistDraft, for user: UserID, now: Instant
    ) async throws -> (Watchlist, Change?)
    /// Deletes it; its trends stay where they are saved, evidence or in another watchlist.
    func removeWatchlist(_ id: WatchlistID, of user: UserID) async throws -> Change
    /// What the rule would let in of the newest stored posts, whoever watches them.
    func preview(_ rule: WatchlistRule) async throws -> WatchlistPreview
}

/// Edits several of a user's trends at once.
package protocol TrendBulkEditing: Sendable {
    /// Applies one edit to the user's trends among `ids`; others are left out. Returns those that are the user's, and
    /// what to publish: `nil` when nothing changed.
    func editTrends(
        _ ids: [TrendID], _ edit: TrendBulkEdit, of user: UserID
    ) async throws -> (edited: [TrendID], change: Change?)
    /// Marks new trends as seen that were added until `instant`; returns how many were.
    func markSeen(until instant: Instant, of user: UserID) async throws -> (count: Int, change: Change?)
}

/// One edit of several trends; what is `nil` or empty stays.
package struct TrendBulkEdit: Sendable, Hashable {
    package var state: TrendState?
    package var adding: [String]
    package var removing: [String]

    package init(state: TrendState? = nil, adding: [String] = [], removing: [String] = []) {
        (self.state, self.adding, self.removing) = (state, adding, removing)
    }

    /// The trend's tags after the edit, at most `Tag.most`, the older ones first.
    package func tags(after tags: [String]) -> [String] {
        let gone = Set(removing.map { $0.lowercased() })
        return Array(Tag.unique(tags.filter { !gone.contains($0.lowercased()) } + adding).prefix(Tag.most))
    }
}
