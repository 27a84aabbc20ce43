/// What a creator follows: a name and the rule that posts must meet.
package struct Watchlist: Sendable, Hashable {
    package let id: WatchlistID
    package var name: String
    package var rule: WatchlistRule
    package var createdAt: Instant

    package init(id: WatchlistID, name: String, rule: WatchlistRule, createdAt: Instant) {
        (self.id, self.name, self.rule, self.createdAt) = (id, name, rule, createdAt)
    }
}
