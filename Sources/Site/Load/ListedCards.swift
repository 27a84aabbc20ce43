import Core

/// A site's listed trends at one revision of their section and one hour.
struct ListedCards: Sendable {
    let revision: Int64
    let now: Instant
    /// Newest first, hidden ones included; those that every watchlist has outgrown are left out.
    let cards: [TrendCard]
    private let places: [TrendID: Int]
    /// Every trend with a file, newest first: listed or not.
    let filed: [TrendID]
    /// The next instant at which age alone takes a trend out of a list.
    let dueAt: Instant?

    init(_ trends: [Trend], watchlists: [Watchlist], limits: PageSources.Limits, revision: Int64, now: Instant) {
        (self.revision, self.now) = (revision, now)
        let ages = Dictionary(
            uniqueKeysWithValues: watchlists.compactMap { list in list.rule.maximumAgeHours.map { (list.id, $0) } })
        var listed: [Trend] = []
        var dueAt: Instant?
        for var trend in trends {
            let expiries = trend.expiries(ages)
            trend.watchlistIDs.removeAll { expiries[$0].map { $0 <= now } ?? false }
            let isOutgrown = trend.watchlistIDs.isEmpty && !expiries.isEmpty
            if !isOutgrown, listed.count < limits.listedTrends { listed.append(trend) }
            for expiry in expiries.values where expiry > now { dueAt = dueAt.map { min($0, expiry) } ?? expiry }
        }
        self.dueAt = dueAt
        cards = listed.map(TrendCard.init)
        places = Dictionary(uniqueKeysWithValues: listed.enumerated().map { ($1.id, $0) })
        let newest = trends.prefix(limits.trendFiles).map(\.id)
        filed = newest + trends.dropFirst(limits.trendFiles).filter { $0.state == .saved }.map(\.id)
    }

    subscript(id: TrendID) -> TrendCard? {
        places[id].map { cards[$0] }
    }
}

extension Trend {
    /// When each watchlist with an age limit outgrows this trend, rounded up to a whole hour.
    fileprivate func expiries(_ ages: [WatchlistID: Int]) -> [WatchlistID: Instant] {
        guard !ages.isEmpty else { return [:] }
        let born = post.publishedAt ?? addedAt
        var expiries: [WatchlistID: Instant] = [:]
        for id in watchlistIDs {
            guard let hours = ages[id] else { continue }
            let end = born.adding(hours: Double(hours))
            let hour = end.roundedDownToHour
            expiries[id] = hour == end ? end : hour.adding(hours: 1)
        }
        return expiries
    }
}
