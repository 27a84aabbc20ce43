import Core
import Templates

/// A site's listed trends at one revision of their section and one hour.
struct ListedCards: Sendable {
    let revision: Int64
    let now: Instant
    /// Newest first, hidden ones included; those that every watchlist has outgrown are left out.
    let cards: [TrendCard]
    /// Whether older trends may be there that no list shows.
    let areOnlyNewest: Bool
    /// Newest first: listed or not.
    let saved: [TrendCard]
    private let places: [TrendID: Int]
    /// Every trend with a file, newest first: listed or not.
    let filed: [TrendID]
    /// The next instant at which age alone takes a trend out of a list.
    let dueAt: Instant?

    /// What decides which of a user's trends are listed.
    struct Rules {
        let watchlists: [Watchlist]
        let limits: PageSources.Limits
        let template: Template<CardFace>
    }

    /// Cards of an earlier publish that are not drawn again.
    struct Earlier {
        let cards: ListedCards
        /// The trends whose rows changed since.
        let changed: Set<TrendID>

        func card(of trend: Trend, in watchlists: [WatchlistID]) -> TrendCard? {
            guard !changed.contains(trend.id), let card = cards[trend.id], card.watchlistIDs == watchlists else {
                return nil
            }
            return card
        }
    }

    init(_ trends: [Trend], by rules: Rules, revision: Int64, now: Instant, earlier: Earlier? = nil) {
        (self.revision, self.now) = (revision, now)
        let ages = AgeLimits(rules.watchlists)
        var (cards, saved): ([TrendCard], [TrendCard]) = ([], [])
        var dueAt: Instant?
        for trend in trends {
            let expiries = ages.expiries(of: trend)
            for expiry in expiries where expiry.at > now { dueAt = dueAt.map { min($0, expiry.at) } ?? expiry.at }
            let current = trend.watchlistIDs.filter { id in !expiries.contains { $0.list == id && $0.at <= now } }
            let isOutgrown = current.isEmpty && !expiries.isEmpty
            let isListed = !isOutgrown && cards.count < rules.limits.listedTrends
            guard isListed || trend.state == .saved else { continue }
            let card =
                earlier?.card(of: trend, in: current)
                ?? TrendCard(trend, drawnBy: rules.template, watchlistIDs: current)
            if isListed { cards.append(card) }
            if trend.state == .saved { saved.append(card) }
        }
        (self.cards, self.saved, self.dueAt) = (cards, saved, dueAt)
        areOnlyNewest = cards.count >= rules.limits.listedTrends
        places = Dictionary(uniqueKeysWithValues: cards.enumerated().map { ($1.id, $0) })
        let newest = trends.prefix(rules.limits.trendFiles).map { $0.id }
        filed = newest + trends.dropFirst(rules.limits.trendFiles).lazy.filter { $0.state == .saved }.map { $0.id }
    }

    subscript(id: TrendID) -> TrendCard? {
        places[id].map { cards[$0] }
    }
}

/// The watchlists that let go of trends by age.
private struct AgeLimits {
    private let hours: [WatchlistID: Int]

    init(_ watchlists: [Watchlist]) {
        hours = Dictionary(
            uniqueKeysWithValues: watchlists.compactMap { list in list.rule.maximumAgeHours.map { (list.id, $0) } })
    }

    /// When each of the trend's watchlists with an age limit outgrows it, rounded up to a whole hour.
    func expiries(of trend: Trend) -> [(list: WatchlistID, at: Instant)] {
        guard !hours.isEmpty else { return [] }
        let born = trend.post.publishedAt ?? trend.addedAt
        return trend.watchlistIDs.compactMap { id in
            guard let hours = hours[id] else { return nil }
            let end = born.adding(hours: Double(hours))
            let hour = end.roundedDownToHour
            return (id, hour == end ? end : hour.adding(hours: 1))
        }
    }
}
