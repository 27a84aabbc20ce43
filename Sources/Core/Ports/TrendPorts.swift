/// Reads one user's trends; other users' are as if they were not there.
package protocol TrendListing: Sendable {
    func trends(of user: UserID, _ filter: TrendFilter, _ paging: Paging) async throws -> ListPage<Trend>
    /// The whole trend with its history; `nil` when the user has no such trend.
    func trend(_ id: TrendID, of user: UserID) async throws -> Trend?
}

/// Changes one user's trends; throws `StoreFailure.missing` for those that the user does not have.
package protocol TrendEditing: Sendable {
    /// The trend after the edit, and what to publish: `nil` when the edit changed nothing.
    func editTrend(_ id: TrendID, _ edit: TrendEdit, of user: UserID) async throws -> (trend: Trend, change: Change?)
    /// Takes the trend off the user's list and off their ideaboards. A later scrape may bring its post again.
    func removeTrend(_ id: TrendID, of user: UserID) async throws -> Change
}
