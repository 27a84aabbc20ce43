import Core
import SQL

extension Store {
    package func attachTrends(
        _ trends: [TrendID], to id: IdeaboardID, of user: UserID
    ) async throws -> IdeaboardOutcome {
        try await database.write { connection in
            let board = try connection.ideaboard(id, of: user)
            let known = Set(board.trendIDs)
            let new = trends.filter { !known.contains($0) }
            guard !new.isEmpty else { return (board, nil) }
            guard known.count + new.count <= Ideaboard.mostTrends else {
                throw ValidationError(field: "trends", rule: "must be at most \(Ideaboard.mostTrends) on one board")
            }
            let revision = try connection.bumpSite(of: user, for: .attachment)
            for trend in new {
                let position = try connection.nextPosition(on: id)
                try connection.attach(trend, to: id, at: position, for: user, revision: revision)
            }
            try connection.stampIdeaboard(id, of: user, revision: revision)
            return (try connection.ideaboard(id, of: user), Change(site: .user(user), revision: revision))
        }
    }

    package func detachTrend(
        _ trend: TrendID, from id: IdeaboardID, of user: UserID
    ) async throws -> IdeaboardOutcome {
        try await database.write { connection in
            let board = try connection.ideaboard(id, of: user)
            guard board.trendIDs.contains(trend) else {
                throw StoreFailure.missing("trend \(trend) on ideaboard \(id)")
            }
            let change = try connection.detach(trend, from: id, for: user)
            return (try connection.ideaboard(id, of: user), change)
        }
    }

    package func orderTrends(
        _ trends: [TrendID], of id: IdeaboardID, of user: UserID
    ) async throws -> IdeaboardOutcome {
        try await database.write { connection in
            let board = try connection.ideaboard(id, of: user)
            guard trends.sorted() == board.trendIDs.sorted() else {
                throw StoreFailure.taken("the order of ideaboard \(id)")
            }
            guard trends != board.trendIDs else { return (board, nil) }
            let revision = try connection.bumpSite(of: user, for: .ideaboard)
            for (position, trend) in trends.enumerated() {
                try connection.execute(
                    """
                    UPDATE ideaboard_trends SET position = \(position)
                    WHERE ideaboard_id = \(id) AND trend_id = \(trend)
                    """)
            }
            try connection.stampIdeaboard(id, of: user, revision: revision)
            return (try connection.ideaboard(id, of: user), Change(site: .user(user), revision: revision))
        }
    }
}
