import Core
import Templates

extension SiteRenderer {
    /// The one page of a shared board.
    func renderShared(_ slug: String, _ snapshot: any SiteSnapshot, to sink: inout some PageTaking) throws {
        guard let board = try snapshot.sharedIdeaboard(slug) else { return }
        let trends = Dictionary(uniqueKeysWithValues: try snapshot.trends(board.trendIDs).map { ($0.id, $0) })
        let page = SharedBoardPage(
            assets: sources.assets, board: board, slug: slug, owner: try snapshot.user(),
            prose: sources.prose(board.content), evidence: board.trendIDs.compactMap { trends[$0] })
        var bytes: [UInt8] = []
        sources.templates.sharedBoard.render(page, into: &bytes)
        try sink.emit(page.route.path, bytes)
    }

    /// A page about ideaboards that cannot be a file.
    func render(_ answer: BoardAnswer, for owner: PageOwner, into bytes: inout [UInt8]) {
        let templates = sources.templates
        let frame = sources.frame(for: owner.user, owner.watchlists)
        switch answer {
        case .creating(let title, let trends, let problems):
            let page = AttachPage.creating(frame: frame, title: title, trends: trends, problems: problems)
            templates.attach.render(page, into: &bytes)
        case .editing(let form, let problems):
            let page = BoardEditingPage(
                frame: frame, form: form, prose: sources.prose(form.content), problems: problems)
            templates.boardEditing.render(page, into: &bytes)
        case .conflict(let mine, let current):
            templates.boardConflict.render(
                BoardConflictPage(frame: frame, mine: mine, current: current), into: &bytes)
        case .history(let board, let versions, let shown):
            let page = BoardHistoryPage(
                frame: frame, board: board, versions: versions, shown: shown, prose: sources.prose(shown.content))
            templates.boardHistory.render(page, into: &bytes)
        case .choosingTrends(let board, let saved):
            templates.attach.render(.trends(frame: frame, board: board, saved: saved), into: &bytes)
        case .choosingBoard(let trend, let boards):
            templates.attach.render(.board(frame: frame, trend: trend, boards: boards), into: &bytes)
        }
    }
}

extension SiteRenderer: MarkdownRendering {
    package func html(ofMarkdown text: String) throws -> String { try sources.markdown.render(text).html }
}
