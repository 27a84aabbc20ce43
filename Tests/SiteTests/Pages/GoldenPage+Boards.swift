import Core
import Site
import Templates

extension GoldenPage {
    private typealias Fixture = PageFixture

    /// Pages about ideaboards that are rendered when they are asked for, and the shared one.
    var boardText: ((PageTemplates) throws -> String)? {
        let (frame, board, trend) = (Fixture.frame(), Fixture.written, Fixture.trend(1))
        let prose = SafeHTML(trusted: "<h2>Hook</h2>\n")
        switch self {
        case .boardEditing:
            var form = BoardForm(board)
            (form.title, form.tags) = ("", "a, \"b\"")
            let problems = [ValidationError(field: "title", rule: "must not be empty")]
            let page = BoardEditingPage(frame: frame, form: form, prose: prose, problems: problems)
            return { $0.boardEditing.text(page) }
        case .boardConflict:
            var form = BoardForm(board: board.id, base: "2", board.draft)
            (form.content, form.title) = ("\n## Hook\nmine </textarea>\n## End", "My \"title\"")
            let page = BoardConflictPage(frame: frame, mine: form, current: board)
            return { $0.boardConflict.text(page) }
        case .boardHistory:
            let versions = [3, 2, 1].map { Fixture.version($0) }
            let page = BoardHistoryPage(
                frame: frame, board: board, versions: versions, shown: versions[1], prose: prose)
            return { $0.boardHistory.text(page) }
        case .attachTrends: return { $0.attach.text(.trends(frame: frame, board: board, saved: [trend])) }
        case .attachTrend: return { $0.attach.text(.board(frame: frame, trend: trend, boards: [board])) }
        case .boardCreating:
            let problems = [ValidationError(field: "title", rule: "must be 1 to 200 characters long")]
            return { templates in
                let page = AttachPage.creating(frame: frame, title: "Long", trends: [trend.id], problems: problems)
                return templates.attach.text(page)
            }
        case .sharedBoard:
            let page = SharedBoardPage(
                assets: Fixture.assets, board: board, slug: "5f", owner: Fixture.user, prose: prose, evidence: [trend])
            return { $0.sharedBoard.text(page) }
        default: return libraryText
        }
    }
}

extension PageFixture {
    /// A board at version 3.
    static var written: Ideaboard {
        var board = board(1)
        (board.content, board.version) = ("## Hook\ntheirs\n## End", 3)
        return board
    }

    static func version(_ number: Int64) -> IdeaboardVersion {
        IdeaboardVersion(
            number: number, title: "Title \(number)", description: nil, content: "text \(number) & <b>",
            savedAt: start.adding(hours: Double(number)))
    }
}
