import Core

extension LibraryPage {
    /// Every page of the library and of each collection; an empty one is one page that says so. `saved` and `boards` are
    /// newest first.
    package static func list(
        frame: SitePageFrame, saved: [TrendCard], boards: [BoardCard], collections: [CollectionContents] = []
    ) -> [LibraryPage] {
        let whole = List(route: Route.library, name: "Library", collection: nil, saved: saved, boards: boards)
        let parts = collections.map { List($0, saved: saved, boards: boards) }
        let shelf = LibraryShelf(
            everything: saved.count + boards.count,
            collections: parts.map { ($0.name, $0.route(1), $0.count) },
            tags: TagCount.most(of: saved.map(\.tags) + boards.map(\.filedUnder)))
        let options = collections.map { BoardChoice(value: $0.collection.id.rawValue, name: $0.collection.name) }
        return ([whole] + parts).flatMap { $0.pages(frame, shelf, options) }
    }

    /// The library, or one collection of it.
    private struct List {
        let route: (_ page: Int) -> Route
        let name: String
        let collection: LibraryCollection?
        let saved: [TrendCard]
        let boards: [BoardCard]

        init(
            route: @escaping (Int) -> Route, name: String, collection: LibraryCollection?, saved: [TrendCard],
            boards: [BoardCard]
        ) {
            (self.route, self.name, self.collection) = (route, name, collection)
            (self.saved, self.boards) = (saved, boards)
        }

        init(_ contents: CollectionContents, saved: [TrendCard], boards: [BoardCard]) {
            let id = contents.collection.id
            self.init(
                route: { .collection(id, page: $0) }, name: contents.collection.name,
                collection: contents.collection, saved: saved.filter { contents.trendIDs.contains($0.id) },
                boards: boards.filter { contents.boardIDs.contains($0.id) })
        }

        var count: Int { saved.count + boards.count }

        func pages(_ frame: SitePageFrame, _ shelf: LibraryShelf, _ options: [BoardChoice]) -> [LibraryPage] {
            let parts = (boards.map(Item.board) + saved.map(Item.trend)).paged(LibraryPage.pageSize)
            let (shelf, search) = (shelf.marking(route(1)), SearchBox(collection))
            let title = name.visibleLine(60) ?? "Collection"
            return parts.enumerated().map { index, part in
                let route = route(index + 1)
                return LibraryPage(
                    route: route, frame: frame.showing(title, at: route), heading: title, summary: summary,
                    search: search, shelf: shelf, boards: part.compactMap(\.board),
                    trends: part.compactMap(\.trend),
                    pagination: Pagination(page: index + 1, of: parts.count, self.route),
                    empty: part.isEmpty ? nothing(frame) : nil,
                    filing: FilingForm(here: route.path, options: options, removeFrom: collection?.id.rawValue),
                    naming: collection.map(CollectionNaming.init))
            }
        }

        private var summary: String {
            guard count > 0 else {
                return collection == nil ? "Everything you keep, in one place" : "Nothing in it yet"
            }
            return "\(Figures.plural(saved.count, "saved trend")) · \(Figures.plural(boards.count, "board"))"
        }

        private func nothing(_ frame: SitePageFrame) -> EmptyState {
            guard collection == nil else {
                return EmptyState(
                    frame.assets.icon("library"),
                    "Select trends and boards in the library, then add them to this collection.",
                    action: "Go to the library", .library(page: 1))
            }
            return EmptyState(
                frame.assets.icon("library"),
                "Trends you save and boards you write are kept here. There is nothing yet.",
                action: "Go through the trends", .trends(page: 1))
        }
    }

    private enum Item {
        case board(BoardCard)
        case trend(TrendCard)

        var board: BoardCard? { if case .board(let card) = self { card } else { nil } }
        var trend: TrendCard? { if case .trend(let card) = self { card } else { nil } }
    }
}
