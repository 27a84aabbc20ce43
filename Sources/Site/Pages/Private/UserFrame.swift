import Core
import Synchronization
import Templates

/// What the frames of all pages of a user share.
///
/// A site has few sidebars and top bars that differ, and each stands on many pages: each is drawn once.
final class UserFrame: Sendable {
    let assets: AssetAddresses
    let userName: String
    let email: String
    let initials: String
    let picture: Link?
    let notice: String?
    let watchlists: [Watchlist]
    private let nav: [NavigationItem]
    private let templates: FrameTemplates
    private let drawn = Mutex<[Part: SafeHTML]>([:])

    /// What few pages of a site differ in.
    private enum Part: Hashable {
        case sidebar(NavigationItem.Mark)
        case topbar(filter: String?)
    }

    init(
        _ user: User, _ watchlists: [Watchlist], assets: AssetAddresses, templates: FrameTemplates, notice: String?
    ) {
        (self.assets, self.templates, self.watchlists, self.notice) = (assets, templates, watchlists, notice)
        email = user.email ?? ""
        picture = user.picture.map { Link(path: Route.picture($0).path) }
        userName =
            user.name.flatMap { $0.isEmpty ? nil : $0 } ?? user.email.map { String($0.prefix { $0 != "@" }) } ?? "You"
        initials = UserFrame.initials(of: userName)
        nav = NavigationItem.all(assets: assets, watchlists: watchlists)
    }

    /// The sidebar with the place marked.
    func sidebar(_ mark: NavigationItem.Mark) -> SafeHTML {
        once(.sidebar(mark)) { drawn(by: templates.sidebar, nav: NavigationItem.marked(nav, mark)) }
    }

    /// The top bar, with a filter box that says `filter`.
    func topbar(filter: String?) -> SafeHTML {
        once(.topbar(filter: filter)) { drawn(by: templates.topbar, filter: filter) }
    }

    private func once(_ part: Part, _ draw: () -> SafeHTML) -> SafeHTML {
        drawn.withLock { drawn in
            if let known = drawn[part] { return known }
            let html = draw()
            drawn[part] = html
            return html
        }
    }

    private func drawn(
        by template: Template<FramePart>, nav: [NavigationItem] = [], filter: String? = nil
    ) -> SafeHTML {
        template.html(of: FramePart(frame: FramePart.Values(site: self, nav: nav, filter: filter)))
    }

    private static func initials(of name: String) -> String {
        let words = name.split(whereSeparator: { " .-_".contains($0) })
        let letters = words.count > 1 ? [words[0].first, words[words.count - 1].first] : [words.first?.first]
        return String(letters.compactMap { $0 }).uppercased()
    }
}

extension UserFrame: Equatable {
    static func == (left: UserFrame, right: UserFrame) -> Bool {
        left === right
            || left.assets == right.assets && left.userName == right.userName && left.email == right.email
                && left.picture == right.picture && left.notice == right.notice && left.watchlists == right.watchlists
    }
}
