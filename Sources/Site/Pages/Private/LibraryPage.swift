import Core
import Templates

/// One page of everything the creator kept: ideaboards, then saved trends.
package struct LibraryPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let summary: String
    let boards: [BoardCard]
    let trends: [TrendCard]
    let pagination: Pagination?
    let empty: EmptyState?

    package static let pageSize = 24

    /// Every page of the library; an empty one is one page that says so. `saved` and `boards` are newest first.
    package static func list(frame: SitePageFrame, saved: [TrendCard], boards: [BoardCard]) -> [LibraryPage] {
        let items = boards.map(Item.board) + saved.map(Item.trend)
        let parts = items.paged(pageSize)
        let summary = "\(Figures.plural(saved.count, "saved trend")) · \(Figures.plural(boards.count, "board"))"
        return parts.enumerated().map { index, part in
            let route = Route.library(page: index + 1)
            let isEmpty = part.isEmpty
            return LibraryPage(
                route: route,
                frame: frame.showing("Library", at: route, filter: isEmpty ? nil : TrendsPage.filterLabel),
                summary: isEmpty ? "Everything you keep, in one place" : summary, boards: part.compactMap(\.board),
                trends: part.compactMap(\.trend),
                pagination: Pagination(page: index + 1, of: parts.count) { .library(page: $0) },
                empty: isEmpty ? .nothingKept(frame) : nil)
        }
    }

    private enum Item {
        case board(BoardCard)
        case trend(TrendCard)

        var board: BoardCard? { if case .board(let card) = self { card } else { nil } }
        var trend: TrendCard? { if case .trend(let card) = self { card } else { nil } }
    }

    package static var fields: Fields<LibraryPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("summary") { $0.summary }
            Field.flag("hasItems") { !$0.boards.isEmpty || !$0.trends.isEmpty }
            Field.flag("hasBoards") { !$0.boards.isEmpty }
            Field.list("boards") { $0.boards }
            Field.flag("hasTrends") { !$0.trends.isEmpty }
            Field.list("trends") { $0.trends }
            Field.optional("pagination") { $0.pagination }
            Field.optional("empty") { $0.empty }
        }
    }
}

extension EmptyState {
    fileprivate static func nothingKept(_ frame: SitePageFrame) -> EmptyState {
        EmptyState(
            frame.assets.icon("library"), "Trends you save and boards you write are kept here. There is nothing yet.",
            action: "Go through the trends", .trends(page: 1))
    }
}
