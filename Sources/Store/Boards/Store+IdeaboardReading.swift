import Core
import SQL

extension Store: IdeaboardReading {
    package func ideaboards(
        of user: UserID, _ status: IdeaboardStatus?, _ paging: Paging
    ) async throws -> ListPage<Ideaboard> {
        try await database.read { connection in
            let condition: Query = status.map { "user_id = \(user) AND status = \($0.rawValue)" } ?? "user_id = \(user)"
            let total = try connection.first("SELECT count(*) FROM ideaboards WHERE \(condition)") { $0.integer(0) }
            let boards = try connection.ideaboards(
                condition, withContent: false, part: "LIMIT \(paging.limit) OFFSET \(paging.offset)")
            return ListPage(items: boards, total: total ?? 0, paging: paging)
        }
    }

    package func ideaboard(_ id: IdeaboardID, of user: UserID) async throws -> Ideaboard? {
        try await database.shortRead {
            try $0.ideaboards("id = \(id) AND user_id = \(user)", withContent: true).first
        }
    }

    package func versions(of id: IdeaboardID, of user: UserID) async throws -> [IdeaboardVersion] {
        try await database.read { try $0.versions(of: id, user: user) }
    }

    package func version(_ number: Int64, of id: IdeaboardID, of user: UserID) async throws -> IdeaboardVersion? {
        try await database.shortRead { try $0.versions(of: id, only: number, user: user).first }
    }

    package func pageOwner(_ user: UserID) async throws -> PageOwner? {
        try await database.read { connection in
            guard let found = try connection.user(user) else { return nil }
            return PageOwner(user: found, watchlists: try connection.watchlists(of: user))
        }
    }
}
