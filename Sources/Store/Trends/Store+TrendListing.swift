import Core
import SQL

extension Store: TrendListing {
    package func trends(
        of user: UserID, _ filter: TrendFilter, _ paging: Paging
    ) async throws -> ListPage<Trend> {
        try await database.read { connection in
            let search = TrendSearch(connection: connection, user: user, filter: filter)
            let (ids, total) = try search.page(paging)
            let trends = try connection.wholeTrends(ids, of: user)
            let byID = Dictionary(uniqueKeysWithValues: trends.map { ($0.id, $0) })
            return ListPage(items: ids.compactMap { byID[$0] }, total: total, paging: paging)
        }
    }

    package func trend(_ id: TrendID, of user: UserID) async throws -> Trend? {
        try await database.shortRead { try $0.wholeTrends([id], of: user).first }
    }
}

/// Finds the trends that a filter means, in its order.
private struct TrendSearch {
    let connection: Connection
    let user: UserID
    let filter: TrendFilter

    func page(_ paging: Paging) throws -> (ids: [TrendID], total: Int64) {
        let words = FoldedText(filter.words)
        guard !words.isEmpty || filter.words.isEmpty else { return ([], 0) }
        return words.isEmpty ? try matching(paging) : try matching(filter.words, paging)
    }

    private func matching(_ paging: Paging) throws -> ([TrendID], Int64) {
        let count: Query = "SELECT count(*) \(joins) WHERE \(condition)"
        let total = try connection.first(count) { $0.integer(0) } ?? 0
        let ids: [TrendID] = try connection.rows(
            """
            SELECT trends.id \(joins) WHERE \(condition) \(order) LIMIT \(paging.limit) OFFSET \(paging.offset)
            """
        ) { $0.id(0) }
        return (ids, total)
    }

    /// Compares the words in Swift, as watchlists do, so that both find the same.
    private func matching(_ words: String, _ paging: Paging) throws -> ([TrendID], Int64) {
        let wanted = words.split(separator: " ").map { FoldedText(String($0)) }.filter { !$0.isEmpty }
        var found: [TrendID] = []
        try connection.forEach(
            """
            SELECT trends.id, posts.title, posts.description, authors.name, posts.hashtags_json \(joins)
            LEFT JOIN authors ON authors.id = posts.author_id WHERE \(condition) \(order)
            """
        ) { row in
            var text = FoldedText()
            for column in 1...3 { row.optionalText(column).map { text.append($0) } }
            for hashtag in try row.texts(4) { text.append(hashtag) }
            if wanted.allSatisfy(text.contains) { found.append(row.id(0)) }
        }
        let page = found.dropFirst(Int(paging.offset)).prefix(Int(paging.limit))
        return (Array(page), Int64(found.count))
    }

    private let joins: Query = "FROM trends JOIN posts ON posts.id = trends.post_id"

    private var condition: Query {
        var parts: [Query] = [
            "trends.user_id = \(user)",
            "trends.state IN \(list: filter.listedStates.map(\.rawValue).sorted())",
        ]
        if !filter.platforms.isEmpty {
            parts.append("posts.platform IN \(list: filter.platforms.map(\.rawValue).sorted())")
        }
        if let minimum = filter.minimumViews { parts.append("trends.views >= \(minimum)") }
        if let watchlist = filter.watchlist {
            parts.append("trends.id IN (SELECT trend_id FROM trend_watchlists WHERE watchlist_id = \(watchlist))")
        }
        if let tag = filter.tag {
            parts.append("trends.id IN (SELECT trend_id FROM trend_tags WHERE tag = \(tag.lowercased()))")
        }
        return parts.dropFirst().reduce(parts[0]) { "\($0) AND \($1)" }
    }

    private var order: Query {
        switch filter.order {
        case .newest: "ORDER BY trends.added_at DESC, trends.id DESC"
        case .rising: "ORDER BY trends.rising DESC NULLS LAST, trends.added_at DESC, trends.id DESC"
        case .outlier: "ORDER BY trends.outlier_ratio DESC NULLS LAST, trends.added_at DESC, trends.id DESC"
        case .views: "ORDER BY trends.views DESC NULLS LAST, trends.added_at DESC, trends.id DESC"
        }
    }
}
