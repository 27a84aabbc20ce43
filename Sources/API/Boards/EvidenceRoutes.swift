import Core

/// What stands beside an ideaboard's text, and who may read it.
struct EvidenceRoutes: Sendable {
    let boards: any BoardRoutes.Boards

    var endpoints: [Endpoint] {
        [
            writing(.ideaboardTrends(), "Attaches trends to an ideaboard.", attach),
            Endpoint(
                .put, .ideaboardTrends(), .user(.ideaboardsWrite), "Puts the attached trends into this order.", order
            ).failing(.conflict),
            Endpoint(.delete, .ideaboardTrend, .user(.ideaboardsWrite), "Detaches a trend.", detachNamed),
            writing(.ideaboardForm(.detach), "Detaches a trend, by form.", detach),
            writing(.ideaboardForm(.raise), "Moves an attached trend one place up, by form.", raise).failing(.conflict),
            writing(.addToIdeaboard, "Attaches trends to the ideaboard that the body names.", add).failing(.notFound),
            writing(.ideaboardShare(), "Makes an ideaboard readable under an address of its own.", share),
            Endpoint(
                .delete, .ideaboardShare(), .user(.ideaboardsWrite), "Takes that address back, at once.", unshare),
            writing(.ideaboardForm(.unshare), "Takes that address back, by form.", unshare),
        ]
    }

    private func writing<In: Input>(
        _ route: APIRoute, _ summary: String,
        _ handle: @escaping @Sendable (In, Caller) async throws -> Answer<Ideaboard>
    ) -> Endpoint {
        Endpoint(.post, route, .user(.ideaboardsWrite), summary, handle)
    }

    @Sendable func attach(_ input: BoardTrendsInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.attachTrends(input.trends.unique, to: input.id, of: caller.userID))
    }

    @Sendable func order(_ input: BoardTrendsInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.orderTrends(input.trends, of: input.id, of: caller.userID))
    }

    @Sendable func detachNamed(_ input: BoardTrendPathInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.detachTrend(input.trend, from: input.id, of: caller.userID))
    }

    @Sendable func detach(_ input: BoardTrendInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.detachTrend(input.trend, from: input.id, of: caller.userID))
    }

    @Sendable func raise(_ input: BoardTrendInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        guard let board = try await boards.ideaboard(input.id, of: caller.userID) else { throw APIFailure.notFound }
        guard let place = board.trendIDs.firstIndex(of: input.trend), place > 0 else { return Answer((board, nil)) }
        var trends = board.trendIDs
        trends.swapAt(place, place - 1)
        return Answer(try await boards.orderTrends(trends, of: input.id, of: caller.userID))
    }

    @Sendable func add(_ input: AddToBoardInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.attachTrends(input.trends.unique, to: input.board, of: caller.userID))
    }

    @Sendable func share(_ input: BoardIDInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.shareIdeaboard(input.id, of: caller.userID))
    }

    @Sendable func unshare(_ input: BoardIDInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.unshareIdeaboard(input.id, of: caller.userID))
    }
}
