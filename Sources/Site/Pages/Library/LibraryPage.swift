import Core
import Templates

/// One page of what the creator keeps: all of it, one collection, or what a search found. Ideaboards, then trends.
package struct LibraryPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let heading: String
    let summary: String
    let search: SearchBox
    let shelf: LibraryShelf
    let boards: [BoardCard]
    let trends: [TrendCard]
    let pagination: Pagination?
    let empty: EmptyState?
    let filing: FilingForm
    /// On a collection's own page: its other name, or its end.
    let naming: CollectionNaming?

    package static let pageSize = 20

    package static var fields: Fields<LibraryPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("libraryCSS") { $0.frame.assets.libraryCSS }
            Field.link("libraryJS") { $0.frame.assets.libraryJS }
            Field.text("heading") { $0.heading }
            Field.text("summary") { $0.summary }
            Field.one("search") { $0.search }
            Field.one("shelf") { $0.shelf }
            Field.link("create") { _ in Link(path: APIRoute.collections.path) }
            Field.flag("hasBoards") { !$0.boards.isEmpty }
            Field.list("boards") { $0.boards }
            Field.flag("hasTrends") { !$0.trends.isEmpty }
            Field.list("trends") { $0.trends }
            Field.optional("pagination") { $0.pagination }
            Field.optional("empty") { $0.empty }
            Field.one("filing") { $0.filing }
            Field.optional("naming") { $0.naming }
        }
    }
}
