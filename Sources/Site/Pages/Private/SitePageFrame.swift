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
    /// What the filter box says, on pages whose list it narrows.
    let filter: String?
    let nav: [NavigationItem]

    /// Sidebar and tabs name at most so many watchlists; Settings names them all.
    static let namedWatchlists = 12

    /// `notice` is one sentence above every page, such as that the data is a demonstration.
    package convenience init(user: User, watchlists: [Watchlist], assets: AssetAddresses, notice: String? = nil) {
        self.init(
            UserFrame(user: user, watchlists: watchlists, assets: assets, notice: notice), page: ("", "", nil),
            nav: NavigationItem.all(assets: assets, watchlists: watchlists))
    }

    private init(_ site: UserFrame, page: (title: String, here: String, filter: String?), nav: [NavigationItem]) {
        (self.site, self.nav) = (site, nav)
        (title, here, filter) = page
    }

    var assets: AssetAddresses { site.assets }
    var userName: String { site.userName }
    var initials: String { site.initials }
    var picture: Link? { site.picture }
    var watchlists: [Watchlist] { site.watchlists }

    /// The frame of one page.
    func showing(_ title: String, at route: Route, filter: String? = nil) -> SitePageFrame {
        let nav = NavigationItem.marked(nav, at: route, watchlists: watchlists)
        return SitePageFrame(site, page: (title, route.path, filter), nav: nav)
    }
}

/// What the frames of all pages of a user share.
private final class UserFrame: Sendable {
    let assets: AssetAddresses
    let userName: String
    let email: String
    let initials: String
    let picture: Link?
    let notice: String?
    let watchlists: [Watchlist]

    init(user: User, watchlists: [Watchlist], assets: AssetAddresses, notice: String?) {
        (self.assets, self.watchlists, self.notice) = (assets, watchlists, notice)
        email = user.email ?? ""
        picture = user.picture.map { Link(path: Route.picture($0).path) }
        userName =
            user.name.flatMap { $0.isEmpty ? nil : $0 } ?? user.email.map { String($0.prefix { $0 != "@" }) } ?? "You"
        initials = UserFrame.initials(of: userName)
    }

    private static func initials(of name: String) -> String {
        let words = name.split(whereSeparator: { " .-_".contains($0) })
        let letters = words.count > 1 ? [words[0].first, words[words.count - 1].first] : [words.first?.first]
        return String(letters.compactMap { $0 }).uppercased()
    }
}

extension SitePageFrame: Equatable {
    package static func == (left: SitePageFrame, right: SitePageFrame) -> Bool {
        left.title == right.title && left.here == right.here && left.filter == right.filter && left.nav == right.nav
            && left.site == right.site
    }
}

extension UserFrame: Equatable {
    static func == (left: UserFrame, right: UserFrame) -> Bool {
        left === right
            || left.assets == right.assets && left.userName == right.userName && left.email == right.email
                && left.picture == right.picture && left.notice == right.notice && left.watchlists == right.watchlists
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
            Field.optionalText("filter") { $0.filter }
            Field.list("nav") { $0.nav }
        }
    }
}
