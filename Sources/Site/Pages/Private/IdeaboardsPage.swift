import Core
import Templates

/// One page of the creator's ideaboards, last edited first.
package struct IdeaboardsPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let summary: String
    let boards: [BoardCard]
    let pagination: Pagination?
    let empty: EmptyState?

    package static let pageSize = 48

    /// Every page of the list; an empty list is one page that says so.
    package static func list(frame: SitePageFrame, boards: [BoardCard]) -> [IdeaboardsPage] {
        let parts = boards.paged(pageSize)
        let summary = Figures.plural(boards.count, "board")
        return parts.enumerated().map { index, part in
            let route = Route.ideaboards(page: index + 1)
            let filter = part.isEmpty ? nil : TrendsPage.filterLabel
            return IdeaboardsPage(
                route: route, frame: frame.showing("Ideaboards", at: route, filter: filter),
                summary: boards.isEmpty ? "Where a trend becomes your next piece of work" : summary,
                boards: Array(part),
                pagination: Pagination(page: index + 1, of: parts.count) { .ideaboards(page: $0) },
                empty: part.isEmpty ? .noBoards(frame) : nil)
        }
    }

    package static var fields: Fields<IdeaboardsPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("summary") { $0.summary }
            Field.flag("hasBoards") { !$0.boards.isEmpty }
            Field.list("boards") { $0.boards }
            Field.optional("pagination") { $0.pagination }
            Field.optional("empty") { $0.empty }
        }
    }
}

extension EmptyState {
    fileprivate static func noBoards(_ frame: SitePageFrame) -> EmptyState {
        EmptyState(
            frame.assets.icon("ideaboards"),
            "A board is a page of Markdown beside the trends that prove it. There is none yet.",
            action: "What a board can hold", .help(slug: "ideaboards"))
    }
}
