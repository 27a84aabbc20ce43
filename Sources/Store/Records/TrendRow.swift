import Core
import SQL

/// Reads rows of `trends` joined with their post and author; the watchlists are rows of another table.
enum TrendRow {
    static let selectCard: Query = "SELECT \(cardColumns) \(joins)"
    static let selectWhole: Query = """
        SELECT \(cardColumns), posts.description, posts.hashtags_json, authors.url, authors.followers \(joins)
        """

    private static let cardColumns: Query = """
        trends.id, trends.state, trends.tags_json, trends.added_at, trends.history, \(TrendScoreColumns.list),
        posts.platform, posts.platform_post_id, posts.content_type, posts.is_short, posts.title, posts.url,
        posts.thumbnail_url, posts.published_at, posts.duration_seconds, posts.language, authors.platform_author_id,
        authors.name, CASE WHEN posts.title IS NULL THEN substr(posts.description, 1, 300) END
        """
    private static let joins: Query = """
        FROM trends JOIN posts ON posts.id = trends.post_id LEFT JOIN authors ON authors.id = posts.author_id
        """
    private static let postColumn = 5 + TrendScoreColumns.count

    /// Without hashtags, and of the text only the beginning where it stands for the title: what a list shows.
    static func card(_ row: Row) throws -> Trend {
        try trend(row, post: post(row))
    }

    static func whole(_ row: Row) throws -> Trend {
        var post = post(row)
        let extra = postColumn + 13
        post.text = row.optionalText(extra)
        post.hashtags = try row.texts(extra + 1)
        if let author = post.author {
            post.author = Author(
                platform: author.platform, platformAuthorID: author.platformAuthorID, name: author.name,
                url: row.optionalText(extra + 2), followers: row.optionalInteger(extra + 3))
        }
        return try trend(row, post: post)
    }

    private static func trend(_ row: Row, post: Post) throws -> Trend {
        Trend(
            id: row.id(0), post: post, state: row.value(1, or: .seen), tags: try row.texts(2),
            history: try row.withBlob(4, HistoryBlob.decode), score: TrendScoreColumns.read(row, from: 5),
            watchlistIDs: [], addedAt: row.instant(3))
    }

    private static func post(_ row: Row) -> Post {
        let first = postColumn
        var post = Post(
            platform: row.value(first, or: .web), platformPostID: row.text(first + 1),
            contentType: row.value(first + 2, or: .link), url: row.text(first + 5))
        post.isShort = row.bool(first + 3)
        post.title = row.optionalText(first + 4)
        post.thumbnailURL = row.optionalText(first + 6)
        post.publishedAt = row.optionalInstant(first + 7)
        post.duration = row.optionalInteger(first + 8)
        post.language = row.optionalText(first + 9)
        if let authorID = row.optionalText(first + 10) {
            post.author = Author(platform: post.platform, platformAuthorID: authorID, name: row.text(first + 11))
        }
        post.text = row.optionalText(first + 12)
        return post
    }
}
