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
    let renewal: Moment
    let watchlists: [WatchlistRules]
    let empty: EmptyState?

    /// `feeds` are the watchlists' feed addresses, by watchlist.
    package init(frame: SitePageFrame, user: User, plan: Plan, usage: UsageTally, feeds: [WatchlistID: Route]) {
        self.frame = frame.showing("Settings", at: route)
        (since, isOperator, planName) = (Moment(user.createdAt), user.isOperator, plan.name)
        (limits, renewal) = (PlanWords.limits(of: plan, used: usage), Moment(usage.period.end))
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
            Field.one("renewal") { $0.renewal }
            Field.list("watchlists") { $0.watchlists }
            Field.optional("empty") { $0.empty }
        }
    }
}
