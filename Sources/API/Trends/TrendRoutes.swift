import Core

/// A user's trends: the list, one, what the user made of it.
struct TrendRoutes: Sendable {
    let trends: any TrendListing & TrendEditing

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .trends, .user(.trendsRead), "Your trends, filtered and in the order you want.", list),
            Endpoint(.get, .trend(), .user(.trendsRead), "One trend with every number seen.", read),
            Endpoint(.patch, .trend(), .user(.trendsWrite), "Sets state or tags of a trend.", edit),
            Endpoint(.post, .trendState(), .user(.trendsWrite), "Sets the state of a trend.", setState),
            Endpoint(.delete, .trend(), .user(.trendsWrite), "Removes a trend from your list.", remove),
        ]
    }

    @Sendable func list(_ input: TrendListInput, _ caller: Caller) async throws -> Answer<[Trend]> {
        Answer(try await trends.trends(of: caller.userID, input.filter, input.paging))
    }

    @Sendable func read(_ input: TrendIDInput, _ caller: Caller) async throws -> Answer<WholeTrend> {
        guard let trend = try await trends.trend(input.id, of: caller.userID) else { throw APIFailure.notFound }
        return Answer(WholeTrend(trend: trend))
    }

    @Sendable func edit(_ input: TrendEditInput, _ caller: Caller) async throws -> Answer<Trend> {
        let (trend, change) = try await trends.editTrend(input.id, input.edit, of: caller.userID)
        return Answer(trend, change: change, page: .trend(input.id))
    }

    @Sendable func setState(_ input: TrendStateInput, _ caller: Caller) async throws -> Answer<Trend> {
        let edit = TrendEdit(state: input.state)
        let (trend, change) = try await trends.editTrend(input.id, edit, of: caller.userID)
        return Answer(trend, change: change, page: .trend(input.id))
    }

    @Sendable func remove(_ input: TrendIDInput, _ caller: Caller) async throws -> Answer<Removed> {
        let change = try await trends.removeTrend(input.id, of: caller.userID)
        return Answer(Removed(id: input.id.rawValue), change: change, page: .trends(page: 1))
    }
}
