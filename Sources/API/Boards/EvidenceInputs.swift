import Core

/// Trends for a board: of a form each ticked box is one.
struct BoardTrendsInput: Input {
    let id: IdeaboardID
    let trends: [TrendID]

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        trends = reader.optional("trends", .boardTrends, "Which trends.") ?? []
    }
}

struct BoardTrendPathInput: Input {
    let id: IdeaboardID
    let trend: TrendID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        trend = reader.path("trend", .id())
    }
}

/// One of the board's trends, named in the body as forms do.
struct BoardTrendInput: Input {
    let id: IdeaboardID
    let trend: TrendID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        trend = reader.required("trend", .id(), "Which trend.")
    }
}

/// Trends for a board that the form chose.
struct AddToBoardInput: Input {
    let board: IdeaboardID
    let trends: [TrendID]

    init(_ reader: inout InputReader) {
        board = reader.required("board", .id(), "Which board.")
        trends = reader.required("trends", .boardTrends, "Which trends.")
    }
}
