/// Whose private page is rendered at request time, with what its frame shows.
package struct PageOwner: Sendable, Hashable {
    package let user: User
    /// Oldest first.
    package let watchlists: [Watchlist]

    package init(user: User, watchlists: [Watchlist]) {
        (self.user, self.watchlists) = (user, watchlists)
    }
}
