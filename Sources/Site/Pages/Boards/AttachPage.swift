import Core
import Templates

/// Where trends are chosen for a board, a board for a trend, or a new board is named.
package struct AttachPage: Templated {
    let frame: SitePageFrame
    let heading: String
    let sentence: String
    let back: NamedLink
    private(set) var boxes: [BoardChoice] = []
    private(set) var options: [BoardChoice] = []
    private(set) var action = Link(path: APIRoute.addToIdeaboard.path)
    /// Trends that go with what is chosen.
    private(set) var trends: [String] = []
    private(set) var title: FormField?
    private(set) var problems: [FormProblem] = []
    private(set) var empty: EmptyState?

    private init(
        _ frame: SitePageFrame, at route: Route, _ words: (heading: String, sentence: String), back: NamedLink
    ) {
        self.frame = frame.showing(words.heading, at: route)
        ((heading, sentence), self.back) = (words, back)
    }

    /// Saved trends that the board does not have yet, as boxes.
    package static func trends(frame: SitePageFrame, board: Ideaboard, saved: [Trend]) -> AttachPage {
        let back = NamedLink(board.displayTitle, .ideaboard(board.id))
        var page = AttachPage(
            frame, at: .attachTrends(board.id), ("Attach trends", "Saved trends that this board does not have yet."),
            back: back)
        page.boxes = saved.map { BoardChoice(value: $0.id.rawValue, name: BoardProof.sentence($0)) }
        page.action = Link(path: APIRoute.ideaboardTrends(board.id).path)
        if saved.isEmpty {
            page.empty = EmptyState(
                frame.assets.icon("trends"), "No other trend is saved. Save those that you may use.",
                action: "Go through the trends", .trends(page: 1))
        }
        return page
    }

    /// The user's boards as a select, beside the name of a new one.
    package static func board(frame: SitePageFrame, trend: Trend, boards: [Ideaboard]) -> AttachPage {
        let name = trend.post.displayTitle
        var page = AttachPage(
            frame, at: .attachTrend, ("Add to ideaboard", name), back: NamedLink(name, .trend(trend.id)))
        page.options = boards.map { BoardChoice(value: $0.id.rawValue, name: $0.displayTitle) }
        page.trends = [trend.id.rawValue]
        page.title = field("")
        return page
    }

    /// The form for a new board, with what is wrong with it.
    package static func creating(
        frame: SitePageFrame, title: String, trends: [TrendID], problems: [ValidationError]
    ) -> AttachPage {
        var page = AttachPage(
            frame, at: .ideaboards(page: 1), ("New board", "A page of Markdown beside the trends that prove it."),
            back: NamedLink("Ideaboards", .ideaboards(page: 1)))
        let field = field(title).with(problems)
        (page.title, page.trends) = (field, trends.map(\.rawValue))
        page.problems = FormProblem.all(problems, in: [field])
        return page
    }

    private static func field(_ value: String) -> FormField {
        FormField(name: "title", label: "Title of a new board", value: value, autocomplete: "off")
    }

    package static var fields: Fields<AttachPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("boardsCSS") { $0.frame.assets.boardsCSS }
            Field.text("heading") { $0.heading }
            Field.text("sentence") { $0.sentence }
            Field.one("back") { $0.back }
            Field.link("attach") { $0.action }
            Field.link("create") { _ in Link(path: APIRoute.ideaboards.path) }
            Field.flag("hasBoxes") { !$0.boxes.isEmpty }
            Field.list("boxes") { $0.boxes }
            Field.flag("hasOptions") { !$0.options.isEmpty }
            Field.list("options") { $0.options }
            Field.texts("trends") { $0.trends }
            Field.optional("title") { $0.title }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
            Field.optional("empty") { $0.empty }
        }
    }
}
