import Core
import Templates

extension LibraryPage {
    /// What a search found, drawn by the card's template.
    package static func results(
        frame: SitePageFrame, _ results: LibraryResults, drawnBy template: Template<CardFace>
    ) -> LibraryPage {
        let search = SearchBox(results)
        let route: Route = results.scope == .kept ? .librarySearch : .search
        let query = results.text
        let pages = Int((results.total + results.paging.limit - 1) / results.paging.limit)
        let options = results.collections.map { BoardChoice(value: $0.id.rawValue, name: $0.name) }
        let shelf = LibraryShelf(
            everything: nil,
            collections: results.collections.map { ($0.name, .collection($0.id, page: 1), Int($0.itemCount)) },
            tags: TagCount.most(of: results.items.map { $0.trend?.tags ?? $0.board?.tags ?? [] }))
        return LibraryPage(
            route: route, frame: frame.showing("Search", at: route),
            heading: results.scope == .kept ? "Search the library" : "Search everything",
            summary: results.problem == nil ? matches(results.total) : "Not searched",
            search: search, shelf: shelf,
            boards: results.items.compactMap { $0.board.map { BoardCard($0, cards: [:]) } },
            trends: results.items.compactMap { $0.trend.map { TrendCard($0, drawnBy: template) } },
            pagination: Pagination(
                page: Int(results.paging.page), of: pages, link: { SearchAddress.link(route, query, page: $0) }),
            empty: results.problem == nil && results.items.isEmpty ? .noMatch(frame, results.scope) : nil,
            filing: FilingForm(here: SearchAddress.link(route, query).text, options: options), naming: nil)
    }

    private static func matches(_ total: Int64) -> String {
        total == 1 ? "1 match" : "\(Figures.exact(total)) matches"
    }
}

extension EmptyState {
    fileprivate static func noMatch(_ frame: SitePageFrame, _ scope: LibraryRequest.Scope) -> EmptyState {
        EmptyState(
            frame.assets.icon("search"),
            scope == .kept
                ? "Nothing in the library fits. Only saved trends and boards are looked through here."
                : "Nothing of yours fits.",
            action: "What can be asked", .help(slug: "search"))
    }
}
