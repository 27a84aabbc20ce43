import Core
import SQL

extension Connection {
    /// Writes what the user says on a board that is theirs, as its next version, and says what to publish.
    func write(
        _ draft: IdeaboardDraft, to id: IdeaboardID, of user: UserID, isAutosave: Bool = false, now: Instant
    ) throws -> Change {
        let before = try ideaboard(id, of: user)
        let revision = try bumpSite(of: user, for: .ideaboard)
        let version = before.version + 1
        try execute(
            """
            UPDATE ideaboards SET title = \(draft.title), description = \(draft.description), content = \(draft.content),
                tags_json = \(try JSONColumn.encode(draft.tags)), status = \(draft.status.rawValue),
                version = \(version), revision = \(revision), updated_at = \(now)
            WHERE id = \(id)
            """)
        if before.title != draft.title { try stampTrends(of: id, revision: revision) }
        let isReplacing = try replacesVersion(before, by: draft, isAutosave: isAutosave, now: now)
        let startedAt = isReplacing ? try dropVersion(before.version, of: id) : nil
        try keepVersion(version, of: id, isAutosave: isAutosave, startedAt: startedAt ?? now, now: now)
        return Change(site: .user(user), revision: revision)
    }

    /// Keeps what the board says now under this number, and the newest 50 with it.
    func keepVersion(
        _ number: Int64, of id: IdeaboardID, isAutosave: Bool, startedAt: Instant, now: Instant
    ) throws {
        try execute(
            """
            INSERT INTO ideaboard_versions (ideaboard_id, number, title, description, content, is_autosave, started_at,
                saved_at)
            SELECT id, \(number), title, description, content, \(isAutosave), \(startedAt), \(now)
            FROM ideaboards WHERE id = \(id)
            """)
        try execute(
            """
            DELETE FROM ideaboard_versions WHERE ideaboard_id = \(id) AND number <= (
                SELECT number FROM ideaboard_versions WHERE ideaboard_id = \(id)
                ORDER BY number DESC LIMIT 1 OFFSET \(IdeaboardVersion.kept))
            """)
    }

    /// The newest version makes room for the next when it says the same, or was saved by itself a moment ago.
    private func replacesVersion(
        _ before: Ideaboard, by draft: IdeaboardDraft, isAutosave: Bool, now: Instant
    ) throws -> Bool {
        if before.draft.saysTheSame(as: draft) { return true }
        let oldest = Instant(milliseconds: now.milliseconds - IdeaboardVersion.autosaveSpan)
        let query: Query = """
            SELECT 1 FROM ideaboard_versions WHERE ideaboard_id = \(before.id) AND number = \(before.version)
                AND is_autosave = 1 AND started_at > \(oldest)
            """
        return try first(query) { _ in true } ?? false
    }

    /// Removes a version and tells when the writing of it began.
    private func dropVersion(_ number: Int64, of id: IdeaboardID) throws -> Instant? {
        try first(
            """
            DELETE FROM ideaboard_versions WHERE ideaboard_id = \(id) AND number = \(number) RETURNING started_at
            """
        ) { $0.instant(0) }
    }

    /// Every version, or one, newest first.
    func versions(of id: IdeaboardID, only number: Int64? = nil, user: UserID) throws -> [IdeaboardVersion] {
        let content: Query = number == nil ? "''" : "versions.content"
        let condition: Query = number.map { "AND versions.number = \($0)" } ?? ""
        return try rows(
            """
            SELECT versions.number, versions.title, versions.description, \(content), versions.saved_at
            FROM ideaboard_versions AS versions JOIN ideaboards ON ideaboards.id = versions.ideaboard_id
            WHERE ideaboards.id = \(id) AND ideaboards.user_id = \(user) \(condition) ORDER BY versions.number DESC
            """
        ) {
            IdeaboardVersion(
                number: $0.integer(0), title: $0.text(1), description: $0.optionalText(2), content: $0.text(3),
                savedAt: $0.instant(4))
        }
    }
}
