import Core

/// What a browser gets when its form could not be taken: everything that was typed, and what to do.
extension BoardRoutes {
    @Sendable func createAgain(_ wrong: WrongForm, _ call: Call) async throws -> PageAnswer? {
        guard let owner = try await boards.owner(of: call) else { return nil }
        let trends = (wrong.fields["trends"] ?? []).compactMap { TrendID($0) }
        return .board(.creating(title: wrong["title"], trends: trends, problems: wrong.problems), owner)
    }

    @Sendable func editAgain(_ wrong: WrongForm, _ call: Call) async throws -> PageAnswer? {
        guard let owner = try await boards.owner(of: call) else { return nil }
        if let conflict = wrong.cause as? IdeaboardConflict {
            let mine = BoardForm(board: conflict.current.id, base: wrong["version"], conflict.mine)
            return .board(.conflict(mine: mine, current: conflict.current), owner)
        }
        guard let id = call.visit.parameters.get("id").flatMap({ IdeaboardID(String($0)) }) else { return nil }
        return .board(
            .editing(BoardForm(board: id, base: wrong["version"]) { wrong[$0] }, problems: wrong.problems), owner)
    }
}

extension IdeaboardReading {
    /// In whose frame the page of this call is rendered.
    func owner(of call: Call) async throws -> PageOwner? {
        guard let caller = call.caller else { return nil }
        return try await pageOwner(caller.userID)
    }
}
