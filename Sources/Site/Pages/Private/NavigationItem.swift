import Core
import Templates

/// One line of the sidebar, with the watchlists under Trends.
struct NavigationItem: Templated, Equatable {
    let name: String
    let link: Link
    let icon: Link
    /// The letter that follows `g`.
    let key: String
    /// The value of `aria-current`: "page" for the page itself, "true" for the place it belongs to.
    var current: String?
    var hasWatchlists = false
    var watchlists: [NamedLink] = []

    /// Every place, none of them current.
    static func all(assets: AssetAddresses, watchlists: [Watchlist]) -> [NavigationItem] {
        places.map { place in
            var item = NavigationItem(
                name: place.name, link: Link(path: place.route.path), icon: assets.icon(place.icon), key: place.key)
            if place.route == .trends(page: 1) {
                item.hasWatchlists = true
                item.watchlists = watchlists.prefix(SitePageFrame.namedWatchlists).map {
                    NamedLink($0.displayName, .watchlist($0.id, page: 1))
                }
            }
            return item
        }
    }

    /// What a page marks in the sidebar: pages that mark the same have the same.
    struct Mark: Hashable {
        fileprivate var place: Int?
        fileprivate var isPlaceItself = false
        fileprivate var watchlist: Int?

        init(_ route: Route?, among watchlists: [Watchlist]) {
            guard let route else { return }
            let parent = parent(of: route)
            place = places.firstIndex { $0.route == parent }
            isPlaceItself = parent == route
            guard case .watchlist(let id, _) = route else { return }
            watchlist = watchlists.prefix(SitePageFrame.namedWatchlists).firstIndex { $0.id == id }
        }
    }

    /// The same places, as one page marks them.
    static func marked(_ items: [NavigationItem], _ mark: Mark) -> [NavigationItem] {
        guard let place = mark.place else { return items }
        var items = items
        items[place].current = mark.isPlaceItself ? "page" : "true"
        if let watchlist = mark.watchlist { items[place].watchlists[watchlist].isCurrent = true }
        return items
    }

    private typealias Place = (name: String, route: Route, icon: String, key: String)

    private static let places: [Place] = [
        ("Dashboard", .dashboard, "dashboard", "d"),
        ("Trends", .trends(page: 1), "trends", "t"),
        ("Ideaboards", .ideaboards(page: 1), "ideaboards", "i"),
        ("Downloads", .downloads, "downloads", "w"),
        ("Library", .library(page: 1), "library", "l"),
        ("Settings", .settings, "settings", "s"),
    ]

    /// The place that stands for an address.
    private static func parent(of route: Route) -> Route {
        switch route {
        case .trends, .watchlist, .watchlistEditor, .trend: .trends(page: 1)
        case .ideaboards, .ideaboard, .ideaboardsWith, .ideaboardHistory, .attachTrends, .attachTrend:
            .ideaboards(page: 1)
        case .library, .collection, .librarySearch, .search: .library(page: 1)
        case .account: .settings
        default: route
        }
    }

    static var fields: Fields<NavigationItem> {
        Fields {
            Field.text("name") { $0.name }
            Field.link("link") { $0.link }
            Field.link("icon") { $0.icon }
            Field.text("key") { $0.key }
            Field.optionalText("current") { $0.current }
            Field.flag("hasWatchlists") { $0.hasWatchlists }
            Field.list("watchlists") { $0.watchlists }
        }
    }
}
