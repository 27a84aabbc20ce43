import Core
import Templates

/// The page of the morning: what rises and what is new in each watchlist, and the best next step.
package struct DashboardPage: AddressedPage {
    package let route = Route.dashboard
    let frame: SitePageFrame
    let headline: String
    let summary: String
    let observed: Moment?
    /// When the newest trend of the page was added, in milliseconds; `nil` where nothing is new.
    let newest: String?
    let watchlists: [WatchlistDigest]
    let empty: EmptyState?
    let next: NextStep?
    let split: PlatformSplit?
    let fresh: [NamedLink]
    let boards: [BoardCard]

    /// `cards` are the listed trends, hidden ones included; `boards` the last edited first.
    package init(frame: SitePageFrame, cards: [TrendCard], boards: [Ideaboard]) {
        let shown = cards.filter { $0.state != .hidden }
        let new = shown.count { $0.state == .new }
        self.frame = frame.showing("Dashboard", at: route)
        headline =
            shown.isEmpty ? "Welcome, \(frame.userName)" : new == 0 ? "Nothing new" : Figures.plural(new, "new post")
        summary = "\(Figures.plural(shown.count, "post")) in \(Figures.plural(frame.watchlists.count, "watchlist"))"
        observed = shown.map(\.observedAt).max().map(Moment.init)
        newest = new == 0 ? nil : shown.map(\.addedAt).max().map { "\($0.milliseconds)" }
        let all = shown.isEmpty ? [] : WatchlistDigest.all(frame: frame, cards: shown)
        watchlists = Array(all.prefix(WatchlistDigest.most))
        empty = shown.isEmpty ? .noTrends(frame) : nil
        next = NextStep(frame: frame, cards: shown, boards: boards)
        split = PlatformSplit(shown)
        fresh = all.dropFirst(WatchlistDigest.most).filter { $0.new > 0 }.prefix(12).map {
            NamedLink($0.name, $0.route, count: "\($0.new) new")
        }
        self.boards = boards.prefix(3).map { BoardCard($0, cards: [:]) }
    }

    package static var fields: Fields<DashboardPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("headline") { $0.headline }
            Field.text("summary") { $0.summary }
            Field.optional("observed") { $0.observed }
            Field.optionalText("newest") { $0.newest }
            Field.list("watchlists") { $0.watchlists }
            Field.optional("empty") { $0.empty }
            Field.optional("next") { $0.next }
            Field.optional("split") { $0.split }
            Field.flag("hasFresh") { !$0.fresh.isEmpty }
            Field.list("fresh") { $0.fresh }
            Field.flag("hasBoards") { !$0.boards.isEmpty }
            Field.list("boards") { $0.boards }
        }
    }
}
