/// An answer about ideaboards that cannot be a file.
package enum BoardAnswer: Sendable, Equatable {
    /// The form for a new board, with what is wrong with it; `trends` are to be attached.
    case creating(title: String, trends: [TrendID], problems: [ValidationError])
    /// The editor with everything the user typed, and what is wrong with it or how it looks.
    case editing(BoardForm, problems: [ValidationError])
    /// Both texts side by side, with a form that takes either or a joined one.
    case conflict(mine: BoardForm, current: Ideaboard)
    /// What the board said, newest first, one of them shown.
    case history(Ideaboard, [IdeaboardVersion], shown: IdeaboardVersion)
    /// Trends to choose from for a board.
    case choosingTrends(Ideaboard, [Trend])
    /// Boards to choose from for a trend.
    case choosingBoard(Trend, [Ideaboard])
}

/// The editor's fields exactly as the user typed them.
package struct BoardForm: Sendable, Equatable {
    package let board: IdeaboardID
    /// The version that it is based on.
    package let base: String
    package var title: String
    package var description: String
    package var content: String
    package var tags: String
    package var status: String

    package init(board: IdeaboardID, base: String, _ field: (String) -> String) {
        (self.board, self.base) = (board, base)
        (title, description, content) = (field("title"), field("description"), field("content"))
        (tags, status) = (field("tags"), field("status"))
    }

    package init(board: IdeaboardID, base: String, _ draft: IdeaboardDraft) {
        (self.board, self.base) = (board, base)
        (title, description, content) = (draft.title, draft.description ?? "", draft.content)
        (tags, status) = (draft.tags.joined(separator: ", "), draft.status.rawValue)
    }

    package init(_ board: Ideaboard) {
        self.init(board: board.id, base: "\(board.version)", board.draft)
    }
}
