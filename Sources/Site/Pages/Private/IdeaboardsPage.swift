import Core
import Templates

/// One page of the creator's ideaboards, all of them or those with one status, last edited first.
package struct IdeaboardsPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let summary: String
    let tabs: [NamedLink]
    let boards: [BoardCard]
    let pagination: Pagination?
    let empty: EmptyState?

    package static let pageSize = 48

    /// Every page of the list of all boards and, where they differ, of the lists by status. A user without boards has one
    /// page that says so.
    package static func lists(frame: SitePageFrame, boards: [BoardCard]) -> [IdeaboardsPage] {
        let byStatus = Dictionary(grouping: boards, by: \.status)
        let statuses = byStatus.count > 1 ? IdeaboardStatus.allCases.filter { byStatus[$0.rawValue] != nil } : []
        let lists =
            [List(route: Route.ideaboards, name: "All", boards: boards)]
            + statuses.map { status in
                List(
                    route: { .ideaboardsWith(status, page: $0) }, name: status.name,
                    boards: byStatus[status.rawValue] ?? [])
            }
        return lists.flatMap { $0.pages(among: lists, frame) }
    }

    private struct List {
        let route: (_ page: Int) -> Route
        let name: String
        let boards: [BoardCard]

        func pages(among lists: [List], _ frame: SitePageFrame) -> [IdeaboardsPage] {
            let tabs = lists.count == 1 ? [] : lists.map { $0.tab(isCurrent: $0.name == name) }
            let parts = boards.paged(IdeaboardsPage.pageSize)
            let filter = boards.isEmpty ? nil : TrendsPage.filterLabel
            return parts.enumerated().map { index, part in
                let route = route(index + 1)
                return IdeaboardsPage(
                    route: route, frame: frame.showing("Ideaboards", at: route, filter: filter),
                    summary: boards.isEmpty
                        ? "Where a trend becomes your next piece of work"
                        : Figures.plural(lists[0].boards.count, "board"),
                    tabs: tabs, boards: Array(part),
                    pagination: Pagination(page: index + 1, of: parts.count, self.route),
                    empty: boards.isEmpty ? .noBoards(frame) : nil)
            }
        }

        private func tab(isCurrent: Bool) -> NamedLink {
            NamedLink(name, route(1), count: "\(boards.count)", isCurrent: isCurrent)
        }
    }

    package static var fields: Fields<IdeaboardsPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("summary") { $0.summary }
            Field.link("create") { _ in Link(path: APIRoute.ideaboards.path) }
            Field.flag("hasTabs") { !$0.tabs.isEmpty }
            Field.list("tabs") { $0.tabs }
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
