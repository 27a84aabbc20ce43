import Core
import SQL

/// A row of `posts` with its author.
struct StoredPost {
    let id: PostID
    let authorID: AuthorID?
    let post: Post
    let observedAt: Instant

    static let select: Query = """
        SELECT posts.id, posts.platform, posts.platform_post_id, posts.content_type, posts.is_short, posts.title,
            posts.description, posts.url, posts.thumbnail_url, posts.published_at, posts.duration_seconds, posts.language,
            posts.hashtags_json, posts.observed_at, posts.author_id, authors.platform_author_id, authors.name, authors.url,
            authors.followers
        FROM posts LEFT JOIN authors ON authors.id = posts.author_id
        """

    init(row: Row) throws {
        id = row.id(0)
        observedAt = row.instant(13)
        authorID = row.optionalText(14).map(Identifier.init(rawValue:))
        var post = Post(
            platform: row.value(1, or: .web), platformPostID: row.text(2), contentType: row.value(3, or: .link),
            url: row.text(7))
        post.isShort = row.bool(4)
        post.title = row.optionalText(5)
        post.text = row.optionalText(6)
        post.thumbnailURL = row.optionalText(8)
        post.publishedAt = row.optionalInstant(9)
        post.duration = row.optionalInteger(10)
        post.language = row.optionalText(11)
        post.hashtags = try row.texts(12)
        if authorID != nil {
            post.author = Author(
                platform: post.platform, platformAuthorID: row.text(15), name: row.text(16), url: row.optionalText(17),
                followers: row.optionalInteger(18))
        }
        self.post = post
    }
}

struct StoredAuthor {
    let id: AuthorID
    let name: String
    let url: String?
    let followers: Int64?
    let observedAt: Instant

    init(row: Row) {
        (id, name, url) = (row.id(0), row.text(1), row.optionalText(2))
        (followers, observedAt) = (row.optionalInteger(3), row.instant(4))
    }
}

extension Snapshot {
    /// Columns: observed_at, views, likes, shares, comments.
    init(row: Row) {
        self.init(
            observedAt: row.instant(0),
            counts: Counts(
                views: row.optionalInteger(1), likes: row.optionalInteger(2), shares: row.optionalInteger(3),
                comments: row.optionalInteger(4)))
    }
}

extension Post {
    /// This post, with what it does not know taken from `other`.
    func filled(from other: Post) -> Post {
        var post = self
        post.title = title ?? other.title
        post.text = text ?? other.text
        post.thumbnailURL = thumbnailURL ?? other.thumbnailURL
        post.author = author ?? other.author
        post.publishedAt = publishedAt ?? other.publishedAt
        post.duration = duration ?? other.duration
        post.language = language ?? other.language
        post.hashtags = hashtags.isEmpty ? other.hashtags : hashtags
        return post
    }

    /// The post without its author, which is a row of its own.
    var content: Post {
        var post = self
        post.author = nil
        return post
    }
}
