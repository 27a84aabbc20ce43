import Core
import Templates

extension TrendsPage {
    /// Every page of every list: all trends, then watchlist by watchlist. Hidden trends are left out, rising ones first.
    ///
    /// `feeds` are the watchlists' feed addresses, by watchlist.
    package static func lists(
        frame: SitePageFrame, cards: [TrendCard], feeds: [WatchlistID: Route], areOnlyNewest: Bool = false
    ) -> [TrendsPage] {
        let shown = cards.filter { $0.state != .hidden }.risingFirst()
        let members = shown.byWatchlist()
        let counts = members.mapValues(\.count)
        let newest = areOnlyNewest ? cards.count : nil
        let whole = TrendListing(
            watchlist: nil, cards: shown, total: shown.count, newest: newest, counts: counts, feed: nil)
        return pages(of: whole, frame: frame)
            + frame.watchlists.flatMap { watchlist in
                let cards = members[watchlist.id] ?? []
                return pages(
                    of: TrendListing(
                        watchlist: watchlist, cards: cards, total: shown.count, newest: newest, counts: counts,
                        feed: feeds[watchlist.id].map { Link(path: $0.path) }),
                    frame: frame)
            }
    }

    private static func pages(of listing: TrendListing, frame: SitePageFrame) -> [TrendsPage] {
        let parts = listing.cards.paged(pageSize)
        let summaries = listing.summaries(watchlists: frame.watchlists.count)
        let tabs = listing.tabs(frame.watchlists)
        return parts.enumerated().map { index, cards in
            let route = listing.route(index + 1)
            let list = TrendList(
                heading: "Page \(index + 1) of \(parts.count)", cards: Array(cards), chips: FilterChip.fitting(cards),
                pagination: Pagination(page: index + 1, of: parts.count, listing.route))
            let isEmpty = cards.isEmpty
            return TrendsPage(
                route: route, frame: frame.showing(listing.heading, at: route, filter: isEmpty ? nil : filterLabel),
                heading: listing.heading, summary: index == 0 ? summaries.first : summaries.further, tabs: tabs,
                feed: listing.feed, list: isEmpty ? nil : list,
                empty: isEmpty ? .noTrends(frame) : nil)
        }
    }

    static let filterLabel = "Filter this page"
}

/// A whole list before it is cut into pages.
private struct TrendListing {
    let watchlist: Watchlist?
    let cards: [TrendCard]
    let total: Int
    /// How many of the newest trends are listed at all, where there are more.
    let newest: Int?
    let counts: [WatchlistID: Int]
    let feed: Link?

    var heading: String { watchlist?.displayName ?? "Trends" }

    func route(_ page: Int) -> Route {
        watchlist.map { .watchlist($0.id, page: page) } ?? .trends(page: page)
    }

    /// Of the first page and of the further ones. Only the first says how many are new, so that reading one trend does not
    /// change every page of its lists.
    func summaries(watchlists: Int) -> (first: String, further: String) {
        let posts = Figures.plural(cards.count, "post")
        let among = newest.map { " among your newest \(Figures.exact(Int64($0)))" } ?? ""
        let all = (watchlist == nil ? "\(posts) from \(Figures.plural(watchlists, "watchlist"))" : posts) + among
        let new = cards.count { $0.state == .new }
        return (new > 0 ? "\(all) · \(Figures.exact(Int64(new))) new" : all, all)
    }

    func tabs(_ watchlists: [Watchlist]) -> [NamedLink] {
        let all = NamedLink("All", .trends(page: 1), count: Figures.exact(Int64(total)), isCurrent: watchlist == nil)
        var named = Array(watchlists.prefix(SitePageFrame.namedWatchlists))
        if let watchlist, !named.contains(where: { $0.id == watchlist.id }) { named.append(watchlist) }
        return [all]
            + named.map { item in
                NamedLink(
                    item.displayName, .watchlist(item.id, page: 1), count: Figures.exact(Int64(counts[item.id] ?? 0)),
                    isCurrent: item.id == watchlist?.id)
            }
    }
}

extension EmptyState {
    static func noTrends(_ frame: SitePageFrame) -> EmptyState {
        frame.watchlists.isEmpty
            ? EmptyState(
                frame.assets.icon("trends"),
                "Trends are the posts that a watchlist lets in. There is no watchlist yet.",
                action: "Make a watchlist", .watchlistEditor(nil))
            : EmptyState(
                frame.assets.icon("trends"),
                "No post fits yet. Every import brings those that do, with the reason for their score.",
                action: "How posts come in", .help(slug: "importing"))
    }
}
