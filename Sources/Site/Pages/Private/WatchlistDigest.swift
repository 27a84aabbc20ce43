import Core
import Templates

/// What the dashboard says of one watchlist: its risers and its newcomers.
struct WatchlistDigest: Templated {
    let name: String
    let route: Route
    let link: Link
    let total: String
    let new: Int
    let summary: String
    let risers: [TrendCard]
    let newcomers: [TrendCard]
    let empty: EmptyState?

    /// The dashboard shows so many watchlists; further ones with news are links.
    static let most = 8
    /// Cards on the whole dashboard, so that the page stays small.
    private static let cardBudget = 24

    /// One digest a watchlist, in the order of the watchlists.
    static func all(frame: SitePageFrame, cards: [TrendCard]) -> [WatchlistDigest] {
        let (rising, newest) = (cards.risingFirst().byWatchlist(), cards.newestFirst().byWatchlist())
        let share = max(2, cardBudget / max(1, min(most, frame.watchlists.count)))
        return frame.watchlists.map { watchlist in
            let cards = (rising: rising[watchlist.id] ?? [], newest: newest[watchlist.id] ?? [])
            return WatchlistDigest(frame: frame, watchlist: watchlist, cards: cards, share: share)
        }
    }

    private init(
        frame: SitePageFrame, watchlist: Watchlist, cards: (rising: [TrendCard], newest: [TrendCard]), share: Int
    ) {
        (name, route) = (watchlist.displayName, .watchlist(watchlist.id, page: 1))
        link = Link(path: route.path)
        total = Figures.exact(Int64(cards.newest.count))
        new = cards.newest.count { $0.state == .new }
        let rising = cards.rising.prefix { ($0.risingGain ?? 0) > 0 }
        risers = Array(rising.prefix(min(5, max(1, share * 5 / 8))))
        let taken = Set(risers.map(\.id))
        let fresh = cards.newest.lazy.filter { $0.state == .new && !taken.contains($0.id) }
        newcomers = Array(fresh.prefix(min(4, max(1, share - risers.count))))
        summary = new > 0 ? "\(Figures.exact(Int64(new))) new" : "nothing new"
        empty =
            risers.isEmpty && newcomers.isEmpty
            ? WatchlistDigest.quiet(frame, watchlist, isEmpty: cards.newest.isEmpty) : nil
    }

    private static func quiet(_ frame: SitePageFrame, _ watchlist: Watchlist, isEmpty: Bool) -> EmptyState {
        isEmpty
            ? .noTrends(frame)
            : EmptyState(
                frame.assets.icon("trends"), "Nothing rises here, and nothing new came in.", action: "See all posts",
                .watchlist(watchlist.id, page: 1))
    }

    static var fields: Fields<WatchlistDigest> {
        Fields {
            Field.text("name") { $0.name }
            Field.link("link") { $0.link }
            Field.text("total") { $0.total }
            Field.text("summary") { $0.summary }
            Field.flag("hasRisers") { !$0.risers.isEmpty }
            Field.list("risers") { $0.risers }
            Field.flag("hasNewcomers") { !$0.newcomers.isEmpty }
            Field.list("newcomers") { $0.newcomers }
            Field.optional("empty") { $0.empty }
        }
    }
}
