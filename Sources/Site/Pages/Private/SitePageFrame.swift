import Core
import Templates

/// What stands around every private page. It holds nothing that changes by itself: times and counts of the top bar
/// come from `/status.json`.
package struct SitePageFrame: Sendable {
    let assets: AssetAddresses
    let userName: String
    let email: String
    let initials: String
    let notice: String?
    let watchlists: [Watchlist]
    private(set) var title = ""
    /// What the filter box says, on pages whose list it narrows.
    private(set) var filter: String?
    private(set) var nav: [NavigationItem] = []

    /// Sidebar and tabs name at most so many watchlists; Settings names them all.
    static let namedWatchlists = 12

    /// `notice` is one sentence above every page, such as that the data is a demonstration.
    package init(user: User, watchlists: [Watchlist], assets: AssetAddresses, notice: String? = nil) {
        (self.assets, self.watchlists, self.notice) = (assets, watchlists, notice)
        email = user.email ?? ""
        userName =
            user.name.flatMap { $0.isEmpty ? nil : $0 } ?? user.email.map { String($0.prefix { $0 != "@" }) } ?? "You"
        initials = SitePageFrame.initials(of: userName)
        nav = NavigationItem.all(assets: assets, watchlists: watchlists)
    }

    /// The frame of one page.
    func showing(_ title: String, at route: Route, filter: String? = nil) -> SitePageFrame {
        var frame = self
        (frame.title, frame.filter) = (title, filter)
        frame.nav = NavigationItem.marked(nav, at: route, watchlists: watchlists)
        return frame
    }

    private static func initials(of name: String) -> String {
        let words = name.split(whereSeparator: { " .-_".contains($0) })
        let letters = words.count > 1 ? [words[0].first, words[words.count - 1].first] : [words.first?.first]
        return String(letters.compactMap { $0 }).uppercased()
    }
}

extension SitePageFrame: Templated {
    package static var fields: Fields<SitePageFrame> {
        Fields {
            Field.text("title") { $0.title }
            Field.link("css") { $0.assets.css }
            Field.link("js") { $0.assets.js }
            Field.link("icons") { $0.assets.iconSheet }
            Field.link("favicon") { $0.assets.favicon }
            Field.link("touchIcon") { $0.assets.touchIcon }
            Field.text("userName") { $0.userName }
            Field.text("email") { $0.email }
            Field.text("initials") { $0.initials }
            Field.optionalText("notice") { $0.notice }
            Field.optionalText("filter") { $0.filter }
            Field.list("nav") { $0.nav }
        }
    }
}
