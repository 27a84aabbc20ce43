import Core
import SQL

extension Connection {
    /// Collections of the user that meet `condition`, in order of name, each with the number of its items in the library.
    func collections(of user: UserID, _ condition: Query = "1 = 1") throws -> [LibraryCollection] {
        try rows(
            """
            SELECT id, name, created_at, updated_at, (
                SELECT count(*) FROM collection_items
                LEFT JOIN trends ON trends.id = collection_items.trend_id
                WHERE collection_items.collection_id = collections.id
                    AND (collection_items.trend_id IS NULL OR trends.state = 'saved'))
            FROM collections WHERE user_id = \(user) AND \(condition) ORDER BY name_key, id
            """
        ) { row in
            LibraryCollection(
                id: row.id(0), name: row.text(1), itemCount: row.integer(4), createdAt: row.instant(2),
                updatedAt: row.instant(3))
        }
    }

    /// One of the user's collections; throws when there is none.
    func collection(_ id: CollectionID, of user: UserID) throws -> LibraryCollection {
        guard let found = try collections(of: user, "id = \(id)").first else {
            throw StoreFailure.missing("collection \(id)")
        }
        return found
    }

    /// Every collection of the user with what was put into it, in order of name.
    func collectionContents(of user: UserID) throws -> [CollectionContents] {
        var contents = try rows(
            """
            SELECT id, name, created_at, updated_at FROM collections WHERE user_id = \(user) ORDER BY name_key, id
            """
        ) { row in
            CollectionContents(
                LibraryCollection(
                    id: row.id(0), name: row.text(1), createdAt: row.instant(2), updatedAt: row.instant(3)))
        }
        guard !contents.isEmpty else { return [] }
        let places = Dictionary(uniqueKeysWithValues: contents.enumerated().map { ($1.collection.id, $0) })
        let members: Query = """
            SELECT collection_id, trend_id, ideaboard_id FROM collection_items
            WHERE collection_id IN \(list: contents.map(\.collection.id))
            """
        try forEach(members) { row in
            guard let place = places[row.id(0)] else { return }
            if let trend = row.optionalText(1) { contents[place].trendIDs.insert(TrendID(rawValue: trend)) }
            if let board = row.optionalText(2) { contents[place].boardIDs.insert(IdeaboardID(rawValue: board)) }
        }
        return contents
    }

    /// Puts things of the user's own into a collection; returns how many were not there yet.
    func addItems(_ items: OrganizedItems, to collection: CollectionID, now: Instant) throws -> Int {
        var added = 0
        for trend in items.trends {
            added += try execute(
                """
                INSERT INTO collection_items (collection_id, trend_id, added_at)
                VALUES (\(collection), \(trend), \(now)) ON CONFLICT (collection_id, trend_id) DO NOTHING
                """)
        }
        for board in items.boards {
            added += try execute(
                """
                INSERT INTO collection_items (collection_id, ideaboard_id, added_at)
                VALUES (\(collection), \(board), \(now)) ON CONFLICT (collection_id, ideaboard_id) DO NOTHING
                """)
        }
        let total = try first("SELECT count(*) FROM collection_items WHERE collection_id = \(collection)") {
            $0.integer(0)
        }
        guard total ?? 0 <= LibraryCollection.mostItems else {
            throw ValidationError(
                field: "add_to",
                rule: "must name a collection that then holds at most \(LibraryCollection.mostItems) items")
        }
        return added
    }

    /// Takes things out of a collection; returns how many were there.
    func removeItems(_ items: OrganizedItems, from collection: CollectionID) throws -> Int {
        try execute(
            """
            DELETE FROM collection_items WHERE collection_id = \(collection)
                AND (trend_id IN \(list: items.trends) OR ideaboard_id IN \(list: items.boards))
            """)
    }
}
