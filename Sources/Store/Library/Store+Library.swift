import Core
import SQL

extension Store: LibraryWriting {
    package func createCollection(
        _ name: String, of user: UserID, now: Instant
    ) async throws -> CollectionOutcome {
        let id: CollectionID = makeID(now)
        return try await database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .collection)
            let key = LibraryCollection.key(name)
            let inserted = try connection.execute(
                """
                INSERT INTO collections (id, user_id, name, name_key, created_at, updated_at)
                VALUES (\(id), \(user), \(name), \(key), \(now), \(now)) ON CONFLICT (user_id, name_key) DO NOTHING
                """)
            guard inserted == 1 else { throw Self.nameIsTaken }
            guard try connection.collections(of: user).count <= LibraryCollection.most else {
                throw ValidationError(
                    field: "name", rule: "cannot be taken: there are \(LibraryCollection.most) collections already")
            }
            return (try connection.collection(id, of: user), Change(site: .user(user), revision: revision))
        }
    }

    package func renameCollection(
        _ id: CollectionID, to name: String, of user: UserID, now: Instant
    ) async throws -> CollectionOutcome {
        try await database.write { connection in
            let before = try connection.collection(id, of: user)
            guard before.name != name else { return (before, nil) }
            let revision = try connection.bumpSite(of: user, for: .collection)
            let key = LibraryCollection.key(name)
            guard try connection.collections(of: user, "name_key = \(key) AND id <> \(id)").isEmpty else {
                throw Self.nameIsTaken
            }
            try connection.execute(
                """
                UPDATE collections SET name = \(name), name_key = \(key), updated_at = \(now) WHERE id = \(id)
                """)
            return (try connection.collection(id, of: user), Change(site: .user(user), revision: revision))
        }
    }

    package func removeCollection(_ id: CollectionID, of user: UserID) async throws -> Change {
        try await database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .collection)
            let deleted = try connection.execute("DELETE FROM collections WHERE id = \(id) AND user_id = \(user)")
            guard deleted == 1 else { throw StoreFailure.missing("collection \(id)") }
            return Change(site: .user(user), revision: revision)
        }
    }

    package func organize(
        _ edit: LibraryEdit, of user: UserID, now: Instant
    ) async throws -> (items: OrganizedItems, change: Change?) {
        try await database.write { connection in
            for id in [edit.addTo, edit.removeFrom].compactMap({ $0 }) { _ = try connection.collection(id, of: user) }
            let trends = try connection.editTrends(edit.trends, edit.ofTrends, of: user)
            let boards = try connection.tagBoards(edit, of: user, now: now)
            let items = OrganizedItems(trends: trends.edited, boards: boards.edited)
            let filed = try connection.file(items, edit, of: user, now: now)
            return (items, filed ?? boards.change ?? trends.change)
        }
    }

    private static let nameIsTaken = ValidationError(
        field: "name", rule: "is already the name of a collection of yours")
}

extension Connection {
    /// Gives tags to the user's boards and takes others; says which of them are the user's.
    fileprivate func tagBoards(
        _ edit: LibraryEdit, of user: UserID, now: Instant
    ) throws -> (edited: [IdeaboardID], change: Change?) {
        guard !edit.boards.isEmpty else { return ([], nil) }
        let boards = try ideaboards("user_id = \(user) AND id IN \(list: Set(edit.boards).sorted())", withContent: true)
        var last: Change?
        for board in boards.sorted(by: { $0.id < $1.id }) {
            var draft = board.draft
            draft.tags = edit.ofTrends.tags(after: draft.tags)
            guard draft != board.draft else { continue }
            last = try write(draft, to: board.id, of: user, now: now)
        }
        return (boards.map(\.id).sorted(), last)
    }

    /// Puts the items into the collections that the edit names; `nil` when that changed nothing.
    fileprivate func file(
        _ items: OrganizedItems, _ edit: LibraryEdit, of user: UserID, now: Instant
    ) throws -> Change? {
        var moved = 0
        if let collection = edit.removeFrom { moved += try removeItems(items, from: collection) }
        if let collection = edit.addTo { moved += try addItems(items, to: collection, now: now) }
        guard moved > 0 else { return nil }
        let revision = try bumpSite(of: user, for: .collection)
        return Change(site: .user(user), revision: revision)
    }
}
