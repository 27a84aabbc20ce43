import Core
import Jobs

/// Removes an account with everything that is theirs: rows in bounded pieces, so that nobody waits, then pages and feeds.
/// Posts and snapshots stay; they belong to nobody.
package struct AccountDeletion: Sendable {
    private let store: Store
    private let sites: any SiteRemoving
    private let farewell: @Sendable (User) async -> Void

    /// `farewell` tells the user that it is done; it runs once all rows and this machine's pages are gone.
    package init(_ store: Store, sites: any SiteRemoving, farewell: @escaping @Sendable (User) async -> Void) {
        (self.store, self.sites, self.farewell) = (store, sites, farewell)
    }

    /// Goes on where an attempt before was cut off; does nothing when the account is gone.
    package func run(_ id: UserID) async throws {
        guard let user = try await store.user(id), let site = try await store.currentVersion(of: .user(id)) else {
            return
        }
        while try await store.erasePiece(of: id) { try Task.checkCancellation() }
        try await sites.removeSite(key: site.key)
        // What was added meanwhile, and all small tables, go with the user's row.
        try await blocking { _ in try store.deleteUser(id) }
        // Somebody may have asked for a page between the two: from here on nobody can. Where this is cut off, the
        // hourly sweep finds a site without a row.
        try await sites.removeSite(key: site.key)
        await farewell(user)
    }
}
