import Core
import Templates

/// What a board said before: the list, and one of its versions as it looked.
package struct BoardHistoryPage: Templated {
    let frame: SitePageFrame
    let card: BoardCard
    let rows: [Row]
    let shown: Row
    let prose: SafeHTML
    let source: String
    /// `nil` for what stands there now.
    let restore: Link?

    /// `prose` is the text of `shown` as HTML.
    package init(
        frame: SitePageFrame, board: Ideaboard, versions: [IdeaboardVersion], shown: IdeaboardVersion, prose: SafeHTML
    ) {
        card = BoardCard(board, cards: [:])
        self.frame = frame.showing("History of \(card.title)", at: .ideaboardHistory(board.id))
        rows = versions.map { Row($0, of: board, isShown: $0.number == shown.number) }
        (self.shown, self.prose, source) = (Row(shown, of: board, isShown: true), prose, shown.content)
        restore =
            shown.number == board.version
            ? nil : Link(path: APIRoute.restoreVersion(board.id, "\(shown.number)").path)
    }

    struct Row: Templated {
        let number: Int64
        let title: String
        let saved: Moment
        let link: Link
        let isShown: Bool
        let isCurrent: Bool

        init(_ version: IdeaboardVersion, of board: Ideaboard, isShown: Bool) {
            (number, title, self.isShown) = (
                version.number, version.title.visibleLine(140) ?? Ideaboard.untitled, isShown
            )
            (saved, isCurrent) = (Moment(version.savedAt), version.number == board.version)
            link = Link(path: "\(Route.ideaboardHistory(board.id).path)?version=\(version.number)")
        }

        static var fields: Fields<Row> {
            Fields {
                Field.number("number") { $0.number }
                Field.text("title") { $0.title }
                Field.one("saved") { $0.saved }
                Field.link("link") { $0.link }
                Field.flag("isShown") { $0.isShown }
                Field.flag("isCurrent") { $0.isCurrent }
            }
        }
    }

    package static var fields: Fields<BoardHistoryPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("boardsCSS") { $0.frame.assets.boardsCSS }
            Field.one("card") { $0.card }
            Field.list("rows") { $0.rows }
            Field.one("shown") { $0.shown }
            Field.html("prose") { $0.prose }
            Field.text("source") { $0.source }
            Field.optionalLink("restore") { $0.restore }
        }
    }
}
