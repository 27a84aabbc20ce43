import Core
import SQL

extension Store: LibraryReading {
    package func library(
        of user: UserID, _ request: LibraryRequest, _ paging: Paging
    ) async throws -> ListPage<LibraryItem> {
        try await database.read { connection in
            let found = try LibrarySearch(connection: connection, user: user, request: request).found()
            let part = found.dropFirst(Int(paging.offset)).prefix(Int(paging.limit))
            let items = try connection.libraryItems(Array(part), of: user)
            return ListPage(items: items, total: Int64(found.count), paging: paging)
        }
    }

    package func collections(of user: UserID) async throws -> [LibraryCollection] {
        try await database.read { try $0.collections(of: user) }
    }
}

/// A thing that a search found.
enum FoundItem {
    case trend(TrendID)
    case board(IdeaboardID)
}

extension Connection {
    /// The things whole, in the given order.
    fileprivate func libraryItems(_ found: [FoundItem], of user: UserID) throws -> [LibraryItem] {
        guard !found.isEmpty else { return [] }
        let trendIDs = found.compactMap { if case .trend(let id) = $0 { id } else { nil } }
        let boardIDs = found.compactMap { if case .board(let id) = $0 { id } else { nil } }
        let trends = Dictionary(uniqueKeysWithValues: try wholeTrends(trendIDs, of: user).map { ($0.id, $0) })
        let boards =
            boardIDs.isEmpty
            ? [] : try ideaboards("user_id = \(user) AND id IN \(list: boardIDs)", withContent: false)
        let boardsByID = Dictionary(uniqueKeysWithValues: boards.map { ($0.id, $0) })
        let holders = try holders(of: trendIDs, boardIDs)
        return found.compactMap { item in
            switch item {
            case .trend(let id): trends[id].map { LibraryItem(.trend($0), in: holders[id.rawValue] ?? []) }
            case .board(let id): boardsByID[id].map { LibraryItem(.board($0), in: holders[id.rawValue] ?? []) }
            }
        }
    }

    /// The collections that hold each of these, oldest first.
    private func holders(of trends: [TrendID], _ boards: [IdeaboardID]) throws -> [String: [CollectionID]] {
        var holders: [String: [CollectionID]] = [:]
        let query: Query = """
            SELECT collection_id, trend_id, ideaboard_id FROM collection_items
            WHERE trend_id IN \(list: trends) OR ideaboard_id IN \(list: boards) ORDER BY collection_id
            """
        try forEach(query) { row in
            guard let item = row.optionalText(1) ?? row.optionalText(2) else { return }
            holders[item, default: []].append(row.id(0))
        }
        return holders
    }
}
