/// Reads one user's ideaboards; other users' are as if they were not there.
package protocol IdeaboardReading: Sendable {
    /// Without their content, last edited first; `status` `nil` means any.
    func ideaboards(of user: UserID, _ status: IdeaboardStatus?, _ paging: Paging) async throws -> ListPage<Ideaboard>
    func ideaboard(_ id: IdeaboardID, of user: UserID) async throws -> Ideaboard?
    /// Newest first, without their content; empty when there is no such board.
    func versions(of id: IdeaboardID, of user: UserID) async throws -> [IdeaboardVersion]
    func version(_ number: Int64, of id: IdeaboardID, of user: UserID) async throws -> IdeaboardVersion?
    /// Whose pages these are, for those that are rendered at request time.
    func pageOwner(_ user: UserID) async throws -> PageOwner?
}

/// What a write made of an ideaboard, and what to publish: `nil` when it changed nothing.
package typealias IdeaboardOutcome = (board: Ideaboard, change: Change?)

/// Changes one user's ideaboards; throws `StoreFailure.missing` for boards and trends that the user does not have.
package protocol IdeaboardWriting: Sendable {
    /// A new board, with evidence in the given order; throws `QuotaExceeded` when the user then had more than
    /// `allowance`.
    func createIdeaboard(
        _ draft: IdeaboardDraft, trends: [TrendID], of user: UserID, within allowance: Int64, now: Instant
    ) async throws -> IdeaboardOutcome
    /// Throws `IdeaboardConflict` when the edit's base is not the current version and the edit would change anything.
    func editIdeaboard(
        _ id: IdeaboardID, _ edit: IdeaboardEdit, of user: UserID, now: Instant
    ) async throws -> IdeaboardOutcome
    /// Makes the words of an earlier version the board's newest version.
    func restoreVersion(
        _ number: Int64, of id: IdeaboardID, of user: UserID, now: Instant
    ) async throws -> IdeaboardOutcome
    func removeIdeaboard(_ id: IdeaboardID, of user: UserID) async throws -> Change
    /// Adds trends after what is there; those that are there already stay where they are.
    func attachTrends(_ trends: [TrendID], to id: IdeaboardID, of user: UserID) async throws -> IdeaboardOutcome
    func detachTrend(_ trend: TrendID, from id: IdeaboardID, of user: UserID) async throws -> IdeaboardOutcome
    /// Puts the evidence into this order. Throws `StoreFailure.taken` unless it is the attached trends, each once.
    func orderTrends(_ trends: [TrendID], of id: IdeaboardID, of user: UserID) async throws -> IdeaboardOutcome
    /// Makes the board readable by whoever has its address, which carries 128 random bits; a shared one keeps its own.
    func shareIdeaboard(_ id: IdeaboardID, of user: UserID) async throws -> IdeaboardOutcome
    /// Takes the address back, at once and for good.
    func unshareIdeaboard(_ id: IdeaboardID, of user: UserID) async throws -> IdeaboardOutcome
}
