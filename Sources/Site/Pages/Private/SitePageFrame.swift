import Core
import Templates

/// What stands around every private page. It holds nothing that changes by itself: times and counts of the top bar
/// come from `/status.json`.
///
/// A reference, because templates ask for it dozens of times a page.
package final class SitePageFrame: Sendable {
    private let site: UserFrame
    let title: String
    /// The page's own path: where its forms lead back to.
    let here: String
    private let mark: NavigationItem.Mark
    private let filter: String?

    /// Sidebar and tabs name at most so many watchlists; Settings names them all.
    static let namedWatchlists = 12

    /// `notice` is one sentence above every page, such as that the data is a demonstration.
    package convenience init(
        user: User, watchlists: [Watchlist], assets: AssetAddresses, templates: FrameTemplates, notice: String? = nil
    ) {
        let site = UserFrame(user, watchlists, assets: assets, templates: templates, notice: notice)
        self.init(site, title: "", at: nil, filter: nil)
    }

    private init(_ site: UserFrame, title: String, at route: Route?, filter: String?) {
        (self.site, self.title, self.filter, here) = (site, title, filter, route?.path ?? "")
        mark = NavigationItem.Mark(route, among: site.watchlists)
    }

    var assets: AssetAddresses { site.assets }
    var userName: String { site.userName }
    var watchlists: [Watchlist] { site.watchlists }
    var sidebar: SafeHTML { site.sidebar(mark) }
    var topbar: SafeHTML { site.topbar(filter: filter) }

    /// The frame of one page. `filter` is what the filter box says, on pages whose list it narrows.
    func showing(_ title: String, at route: Route, filter: String? = nil) -> SitePageFrame {
        SitePageFrame(site, title: title, at: route, filter: filter)
    }
}

extension SitePageFrame: Equatable {
    package static func == (left: SitePageFrame, right: SitePageFrame) -> Bool {
        left.title == right.title && left.here == right.here && left.mark == right.mark && left.filter == right.filter
            && left.site == right.site
    }
}

extension SitePageFrame: Templated {
    package static var fields: Fields<SitePageFrame> {
        Fields {
            Field.text("title") { $0.title }
            Field.text("here") { $0.here }
            Field.link("css") { $0.site.assets.css }
            Field.link("js") { $0.site.assets.js }
            Field.link("liveJS") { $0.site.assets.liveJS }
            Field.link("listsJS") { $0.site.assets.listsJS }
            Field.link("filtersJS") { $0.site.assets.filtersJS }
            Field.link("icons") { $0.site.assets.iconSheet }
            Field.link("favicon") { $0.site.assets.favicon }
            Field.link("touchIcon") { $0.site.assets.touchIcon }
            Field.text("userName") { $0.site.userName }
            Field.text("email") { $0.site.email }
            Field.text("initials") { $0.site.initials }
            Field.optionalLink("picture") { $0.site.picture }
            Field.optionalText("notice") { $0.site.notice }
            Field.html("sidebar") { $0.sidebar }
            Field.html("topbar") { $0.topbar }
        }
    }
}
