import Core
import HTTPTypes
import Hummingbird

/// Private pages about ideaboards that are rendered when they are asked for, since what they show is chosen by the
/// address or changes with every other page.
struct BoardPageRoutes: Sendable {
    let boards: any IdeaboardReading
    let trends: any TrendListing
    let sessions: Sessions
    let rendering: any PageRendering

    /// The addresses without the slash at their end, as the router wants them.
    var endpoints: [Endpoint] {
        [
            page("/ideaboards/attach", "The page that adds a trend to an ideaboard.", TrendChoice.self, chooseBoard),
            page("/ideaboards/{id}/attach", "The page that attaches trends.", BoardIDInput.self, chooseTrends),
            page("/ideaboards/{id}/history", "The page of a board's versions.", VersionChoice.self, history),
        ]
    }

    private func page<In: Input>(
        _ path: String, _ summary: String, _ input: In.Type,
        _ make: @escaping @Sendable (In, UserID) async throws -> BoardAnswer
    ) -> Endpoint {
        OwnedPages(sessions: sessions, owners: boards).page(path, summary, input) { [rendering] input, owner, _ in
            let answer = try await make(input, owner.user.id)
            return HTMLAnswer.response(try rendering.render(.board(answer, owner)), status: .ok)
        }.failing(.notFound)
    }

    @Sendable private func chooseBoard(_ input: TrendChoice, _ user: UserID) async throws -> BoardAnswer {
        guard let id = input.trend, let trend = try await trends.trend(id, of: user) else { throw APIFailure.notFound }
        let list = try await boards.ideaboards(of: user, nil, Paging(limit: Paging.limits.upperBound))
        return .choosingBoard(trend, list.items.filter { $0.status != .archived && !$0.trendIDs.contains(id) })
    }

    @Sendable private func chooseTrends(_ input: BoardIDInput, _ user: UserID) async throws -> BoardAnswer {
        guard let board = try await boards.ideaboard(input.id, of: user) else { throw APIFailure.notFound }
        var filter = TrendFilter()
        filter.states = [.saved]
        let saved = try await trends.trends(of: user, filter, Paging(limit: Paging.limits.upperBound)).items
        let attached = Set(board.trendIDs)
        return .choosingTrends(board, saved.filter { !attached.contains($0.id) })
    }

    @Sendable private func history(_ input: VersionChoice, _ user: UserID) async throws -> BoardAnswer {
        guard let board = try await boards.ideaboard(input.id, of: user),
            let version = try await boards.version(input.number ?? board.version, of: board.id, of: user)
        else { throw APIFailure.notFound }
        return .history(board, try await boards.versions(of: board.id, of: user), shown: version)
    }
}

private struct TrendChoice: Input {
    let trend: TrendID?

    init(_ reader: inout InputReader) {
        trend = reader.query("trend", .id(), "Which trend is to be added.")
    }
}

private struct VersionChoice: Input {
    let id: IdeaboardID
    let number: Int64?

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        number = reader.query("version", .integer(1...Int64.max), "Which version is shown; the newest unless told.")
    }
}
