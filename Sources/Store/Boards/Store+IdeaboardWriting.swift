import Core
import SQL

extension Store: IdeaboardWriting {
    package func createIdeaboard(
        _ draft: IdeaboardDraft, trends: [TrendID], of user: UserID, within allowance: Int64, now: Instant
    ) async throws -> IdeaboardOutcome {
        let id: IdeaboardID = makeID(now)
        return try await database.write { connection in
            let change = try connection.insertIdeaboard(
                draft, as: id, trends: trends, for: user, within: allowance, now: now)
            return (try connection.ideaboard(id, of: user), change)
        }
    }

    package func editIdeaboard(
        _ id: IdeaboardID, _ edit: IdeaboardEdit, of user: UserID, now: Instant
    ) async throws -> IdeaboardOutcome {
        try await database.write { connection in
            let board = try connection.ideaboard(id, of: user)
            let draft = edit.applied(to: board.draft)
            guard draft != board.draft else {
                if !edit.isAutosave { try connection.settleVersion(board) }
                return (board, nil)
            }
            guard edit.base == board.version else { throw IdeaboardConflict(current: board, mine: draft) }
            let change = try connection.write(draft, to: id, of: user, isAutosave: edit.isAutosave, now: now)
            return (try connection.ideaboard(id, of: user), change)
        }
    }

    package func restoreVersion(
        _ number: Int64, of id: IdeaboardID, of user: UserID, now: Instant
    ) async throws -> IdeaboardOutcome {
        try await database.write { connection in
            let board = try connection.ideaboard(id, of: user)
            guard let version = try connection.versions(of: id, only: number, user: user).first else {
                throw StoreFailure.missing("version \(number) of ideaboard \(id)")
            }
            var draft = board.draft
            (draft.title, draft.description, draft.content) = (version.title, version.description, version.content)
            guard draft != board.draft else { return (board, nil) }
            try connection.settleVersion(board)
            let change = try connection.write(draft, to: id, of: user, now: now)
            return (try connection.ideaboard(id, of: user), change)
        }
    }

    package func removeIdeaboard(_ id: IdeaboardID, of user: UserID) async throws -> Change {
        try await database.write { try $0.deleteIdeaboard(id, of: user) }
    }
}

extension Connection {
    /// The newest version was meant: no later autosave replaces it.
    fileprivate func settleVersion(_ board: Ideaboard) throws {
        try execute(
            """
            UPDATE ideaboard_versions SET is_autosave = 0
            WHERE ideaboard_id = \(board.id) AND number = \(board.version) AND is_autosave = 1
            """)
    }
}
