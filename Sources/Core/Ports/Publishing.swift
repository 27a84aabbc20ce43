/// Which set of pages: the public ones, one user's, or one shared ideaboard.
package enum SiteName: Sendable, Hashable {
    case publicPages
    case user(UserID)
    case board(slug: String)
}

/// What a committed write did to a user's site: a wake-up for the publisher, never a source of truth.
package struct Change: Sendable, Hashable {
    package let site: SiteName
    package let revision: Int64

    package init(site: SiteName, revision: Int64) {
        (self.site, self.revision) = (site, revision)
    }
}

/// Makes the pages of a site current.
package protocol Publishing: Sendable {
    /// Returns once the site's manifest carries `change.revision` or a later one. Idempotent.
    func publish(_ change: Change) async throws
}
