/// Reads what one user keeps; other users' things are as if they were not there.
package protocol LibraryReading: Sendable {
    /// Newest first: trends by when they came, ideaboards by when they were written. Throws a `ValidationError` of field
    /// `q` when the query names a collection that is not there, `StoreFailure.missing` when the request does.
    func library(
        of user: UserID, _ request: LibraryRequest, _ paging: Paging
    ) async throws -> ListPage<LibraryItem>
    /// In order of name.
    func collections(of user: UserID) async throws -> [LibraryCollection]
}

/// What a write made of a collection, and what to publish: `nil` when it changed nothing.
package typealias CollectionOutcome = (collection: LibraryCollection, change: Change?)

/// Files one user's things; throws `StoreFailure.missing` for collections that the user does not have, and a
/// `ValidationError` of field `name` for a name that another one has.
package protocol LibraryWriting: Sendable {
    func createCollection(_ name: String, of user: UserID, now: Instant) async throws -> CollectionOutcome
    func renameCollection(
        _ id: CollectionID, to name: String, of user: UserID, now: Instant
    ) async throws -> CollectionOutcome
    /// What was in it stays in the library.
    func removeCollection(_ id: CollectionID, of user: UserID) async throws -> Change
    /// Applies one edit to those of the named things that are the user's; others are left out.
    func organize(
        _ edit: LibraryEdit, of user: UserID, now: Instant
    ) async throws -> (items: OrganizedItems, change: Change?)
}
