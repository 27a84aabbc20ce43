/// The pictures of users. Every write is one transaction; a user has one at most.
package protocol PictureKeeping: Sendable {
    /// In place of the one before. Throws `StoreFailure.missing` when there is no such user.
    func setPicture(_ picture: NamedPicture, of user: UserID, now: Instant) async throws -> Change
    /// Changes nothing, and returns `nil`, when there is none.
    func removePicture(of user: UserID) async throws -> Change?
    /// The user's picture if this is its name; nobody else's, and none that was replaced.
    func picture(_ digest: PictureDigest, of user: UserID) async throws -> Picture?
}
