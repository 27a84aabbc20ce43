import Core
import Templates

/// A watchlist as an Atom feed (RFC 4287): the newest trends first.
package struct WatchlistFeed: AddressedPage {
    struct Entry: Templated {
        let id: String
        let title: String
        let link: Link
        let source: Link?
        let author: String
        let published: String?
        let updated: String
        let summary: String

        static var fields: Fields<Entry> {
            Fields {
                Field.text("id") { $0.id }
                Field.text("title") { $0.title }
                Field.link("link") { $0.link }
                Field.optionalLink("source") { $0.source }
                Field.text("author") { $0.author }
                Field.optionalText("published") { $0.published }
                Field.text("updated") { $0.updated }
                Field.text("summary") { $0.summary }
            }
        }
    }

    package let route: Route
    let id: String
    let title: String
    let updated: String
    let page: Link?
    let own: Link?
    let entries: [Entry]

    package static let length = 50

    /// `origin` is the public address without a path, such as "https://kapture.example"; `cards` are those of the
    /// watchlist's trends, in any order.
    package init(origin: String, route: Route, watchlist: Watchlist, cards: [TrendCard]) {
        let newest = cards.filter { $0.state != .hidden }.newestFirst().prefix(WatchlistFeed.length)
        self.route = route
        (id, title) = (watchlist.id.rawValue, watchlist.displayName)
        updated = Figures.iso(newest.map(\.observedAt).max() ?? watchlist.createdAt)
        page = Link(origin + Route.watchlist(watchlist.id, page: 1).path)
        own = Link(origin + route.path)
        entries = newest.compactMap { Entry($0, origin: origin) }
    }

    package static var fields: Fields<WatchlistFeed> {
        Fields {
            Field.text("id") { $0.id }
            Field.text("title") { $0.title }
            Field.text("updated") { $0.updated }
            Field.optionalLink("page") { $0.page }
            Field.optionalLink("self") { $0.own }
            Field.list("entries") { $0.entries }
        }
    }
}

extension WatchlistFeed.Entry {
    fileprivate init?(_ card: TrendCard, origin: String) {
        let face = card.face
        guard let link = Link(origin + face.link.text) else { return nil }
        (id, self.link, source) = (card.id.rawValue, link, face.source)
        (title, author) = (face.title, face.author)
        (published, updated) = (face.published?.iso, Figures.iso(card.observedAt))
        var summary = face.platform.name
        for figure in face.figures { summary += " · \(figure.exact) \(figure.noun)" }
        self.summary = summary + " · " + face.score.sentence
    }
}
