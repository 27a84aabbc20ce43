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

    /// Every page of the list of all boards and of the lists by status; a list without boards is one page that says so.
    package static func lists(frame: SitePageFrame, boards: [BoardCard]) -> [IdeaboardsPage] {
        let statuses = boards.isEmpty ? [] : IdeaboardStatus.allCases
        return ([nil] + statuses).flatMap { list(frame: frame, boards: boards, with: $0) }
    }

    private static func list(
        frame: SitePageFrame, boards: [BoardCard], with status: IdeaboardStatus?
    ) -> [IdeaboardsPage] {
        let listed = status.map { status in boards.filter { $0.status == status.rawValue } } ?? boards
        let parts = listed.paged(pageSize)
        let summary = Figures.plural(boards.count, "board")
        return parts.enumerated().map { index, part in
            let route = route(status, index + 1)
            let filter = part.isEmpty ? nil : TrendsPage.filterLabel
            return IdeaboardsPage(
                route: route, frame: frame.showing("Ideaboards", at: route, filter: filter),
                summary: boards.isEmpty ? "Where a trend becomes your next piece of work" : summary,
                tabs: boards.isEmpty ? [] : tabs(boards, current: status), boards: Array(part),
                pagination: Pagination(page: index + 1, of: parts.count) { self.route(status, $0) },
                empty: part.isEmpty ? (boards.isEmpty ? .noBoards(frame) : .noneWith(status, frame)) : nil)
        }
    }

    private static func route(_ status: IdeaboardStatus?, _ page: Int) -> Route {
        status.map { .ideaboardsWith($0, page: page) } ?? .ideaboards(page: page)
    }

    private static func tabs(_ boards: [BoardCard], current: IdeaboardStatus?) -> [NamedLink] {
        let all = NamedLink("All", route(nil, 1), count: "\(boards.count)", isCurrent: current == nil)
        return [all]
            + IdeaboardStatus.allCases.map { status in
                let count = boards.count { $0.status == status.rawValue }
                return NamedLink(status.name, route(status, 1), count: "\(count)", isCurrent: current == status)
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
    fileprivate static func noneWith(_ status: IdeaboardStatus?, _ frame: SitePageFrame) -> EmptyState {
        EmptyState(
            frame.assets.icon("ideaboards"), "No board is \(status?.name.lowercased() ?? "here") now.",
            action: "Show all boards", .ideaboards(page: 1))
    }

    fileprivate static func noBoards(_ frame: SitePageFrame) -> EmptyState {
        EmptyState(
            frame.assets.icon("ideaboards"),
            "A board is a page of Markdown beside the trends that prove it. There is none yet.",
            action: "What a board can hold", .help(slug: "ideaboards"))
    }
}
