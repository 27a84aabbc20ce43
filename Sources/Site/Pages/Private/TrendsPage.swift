import Core
import Templates

/// One page of a list of trends: all of them, or one watchlist's.
package struct TrendsPage: AddressedPage, Equatable {
    package let route: Route
    let frame: SitePageFrame
    let heading: String
    let summary: String
    let tabs: [NamedLink]
    let feed: Link?
    let list: TrendList?
    let empty: EmptyState?

    package static let pageSize = 24

    package static var fields: Fields<TrendsPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("heading") { $0.heading }
            Field.text("summary") { $0.summary }
            Field.list("tabs") { $0.tabs }
            Field.optionalLink("feed") { $0.feed }
            Field.optional("list") { $0.list }
            Field.optional("empty") { $0.empty }
        }
    }
}

/// The part of a list of trends that one page shows, with what narrows it.
struct TrendList: Templated, Equatable {
    let heading: String
    let cards: [TrendCard]
    let chips: [FilterChip]
    let pagination: Pagination?

    static var fields: Fields<TrendList> {
        Fields {
            Field.text("pageHeading") { $0.heading }
            Field.list("cards") { $0.cards }
            Field.list("chips") { $0.chips }
            Field.optional("pagination") { $0.pagination }
        }
    }
}
