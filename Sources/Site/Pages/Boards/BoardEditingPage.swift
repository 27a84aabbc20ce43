import Core
import Templates

/// The editor on a page of its own: with what is wrong, or with how the text will look.
package struct BoardEditingPage: Templated {
    let frame: SitePageFrame
    let title: String
    let board: Link
    let prose: SafeHTML
    let editor: BoardEditor

    /// `prose` is the typed text as HTML.
    package init(frame: SitePageFrame, form: BoardForm, prose: SafeHTML, problems: [ValidationError]) {
        title = form.title.visibleLine(140) ?? Ideaboard.untitled
        self.frame = frame.showing(title, at: .ideaboard(form.board))
        board = Link(path: Route.ideaboard(form.board).path)
        (self.prose, editor) = (prose, BoardEditor(form, problems: problems))
    }

    package static var fields: Fields<BoardEditingPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("boardsCSS") { $0.frame.assets.boardsCSS }
            Field.link("boardsJS") { $0.frame.assets.boardsJS }
            Field.text("heading") { $0.title }
            Field.link("board") { $0.board }
            Field.html("prose") { $0.prose }
            Field.one("editor") { $0.editor }
        }
    }
}
