import Core
import Templates

/// Account, plan, watchlists with their rules in words, appearance, data.
package struct SettingsPage: AddressedPage {
    package let route = Route.settings
    let frame: SitePageFrame
    let since: Moment
    let isOperator: Bool
    let planName: String
    let limits: [NamedValue]
    let watchlists: [WatchlistRules]
    let empty: EmptyState?

    /// `feeds` are the watchlists' feed addresses, by watchlist.
    package init(frame: SitePageFrame, user: User, plan: Plan, ideaboards: Int, feeds: [WatchlistID: Route]) {
        self.frame = frame.showing("Settings", at: route)
        (since, isOperator, planName) = (Moment(user.createdAt), user.isOperator, plan.name)
        limits = PlanWords.limits(of: plan, held: [.watchlists: frame.watchlists.count, .ideaboards: ideaboards])
        watchlists = frame.watchlists.map { WatchlistRules($0, feed: feeds[$0.id]) }
        empty =
            frame.watchlists.isEmpty
            ? EmptyState(
                frame.assets.icon("trends"), "There is no watchlist yet.", action: "Make the first",
                .watchlistEditor(nil))
            : nil
    }

    package static var fields: Fields<SettingsPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.one("since") { $0.since }
            Field.flag("isOperator") { $0.isOperator }
            Field.text("planName") { $0.planName }
            Field.list("limits") { $0.limits }
            Field.list("watchlists") { $0.watchlists }
            Field.optional("empty") { $0.empty }
        }
    }
}
