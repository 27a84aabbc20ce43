import Core
import Templates

/// Two texts that were both meant to be the board's: either can be taken, or a joined one, and no word is lost before.
package struct BoardConflictPage: Templated {
    let frame: SitePageFrame
    let base: String
    let currentNumber: Int64
    let saved: Moment
    let board: Link
    let mine: BoardText
    let theirs: BoardText
    let editor: BoardEditor

    package init(frame: SitePageFrame, mine: BoardForm, current: Ideaboard) {
        self.frame = frame.showing("Two versions", at: .ideaboard(current.id))
        (base, currentNumber, saved) = (mine.base, current.version, Moment(current.updatedAt))
        board = Link(path: Route.ideaboard(current.id).path)
        let now = BoardForm(current)
        (self.mine, theirs) = (BoardText(mine), BoardText(now))
        let joined = BoardForm(board: current.id, base: now.base) { name in
            switch name {
            case "title": mine.title
            case "description": JoinedText.of(mine.description, now.description, between: " ")
            case "content": JoinedText.of(mine.content, now.content)
            case "tags": JoinedText.of(mine.tags, now.tags, between: ", ")
            default: mine.status
            }
        }
        editor = BoardEditor(joined, problems: [], isJoining: true)
    }

    package static var fields: Fields<BoardConflictPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("boardsCSS") { $0.frame.assets.boardsCSS }
            Field.link("boardsJS") { $0.frame.assets.boardsJS }
            Field.text("base") { $0.base }
            Field.number("current") { $0.currentNumber }
            Field.one("saved") { $0.saved }
            Field.link("board") { $0.board }
            Field.one("mine") { $0.mine }
            Field.one("theirs") { $0.theirs }
            Field.one("editor") { $0.editor }
        }
    }
}

/// One of the two, to be read and to be sent again as it is.
struct BoardText: Templated {
    private let form: BoardForm

    init(_ form: BoardForm) {
        self.form = form
    }

    static var fields: Fields<BoardText> {
        Fields {
            Field.text("title") { $0.form.title }
            Field.text("description") { $0.form.description }
            Field.text("content") { $0.form.content }
            Field.text("tags") { $0.form.tags }
            Field.text("status") { $0.form.status }
            Field.text("statusName") { IdeaboardStatus(rawValue: $0.form.status)?.name ?? $0.form.status }
            Field.link("save") { Link(path: APIRoute.ideaboardForm(.save, $0.form.board).path) }
        }
    }
}

/// Two texts as one that has every part of both: what they begin and end with alike stands there once.
enum JoinedText {
    /// Line by line.
    static func of(_ mine: String, _ theirs: String) -> String {
        let (mine, theirs) = (lines(mine), lines(theirs))
        let start = zip(mine, theirs).prefix { $0 == $1 }.count
        let rest = (mine.dropFirst(start), theirs.dropFirst(start))
        let end = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
        return (mine.dropLast(end) + theirs.dropFirst(start)).joined(separator: "\n")
    }

    static func of(_ mine: String, _ theirs: String, between separator: String) -> String {
        guard mine != theirs, !mine.isEmpty, !theirs.isEmpty else { return mine.isEmpty ? theirs : mine }
        return mine + separator + theirs
    }

    /// Browsers send line ends as CR LF.
    private static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }
}
