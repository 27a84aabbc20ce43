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
        let newest = cards.filter { $0.state != .hidden }.sorted(by: TrendCard.isNewer).prefix(WatchlistFeed.length)
        self.route = route
        (id, title) = (watchlist.id.rawValue, watchlist.displayName.xmlText)
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
        guard let link = Link(origin + card.link.text) else { return nil }
        (id, self.link, source) = (card.id.rawValue, link, card.source)
        (title, author) = (card.title.xmlText, card.author.xmlText)
        (published, updated) = (card.published?.iso, Figures.iso(card.observedAt))
        let figures = card.figures.map { "\($0.exact) \($0.noun)" }
        summary = ([card.platform.name] + figures + [card.score.sentence]).joined(separator: " · ").xmlText
    }
}

extension String {
    /// Without the characters that XML 1.0 does not allow even as references.
    var xmlText: String {
        let isClean = utf8.allSatisfy { $0 >= 0x20 && $0 != 0xEF || $0 == 0x0A || $0 == 0x09 }
        guard !isClean else { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.filter { scalar in
                    switch scalar.value {
                    case 0x09, 0x0A, 0x0D: true
                    case 0..<0x20, 0xFFFE, 0xFFFF: false
                    default: true
                    }
                }))
    }
}
