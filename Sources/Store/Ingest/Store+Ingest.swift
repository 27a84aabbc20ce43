import Core
import SQL

extension Store: Ingesting {
    package func store(_ observations: [Observation], for chosen: Set<WatchlistID>?) throws -> Ingested {
        try pause.around {
            try database.write { connection in
                var writer = PostWriter(connection: connection, makePostID: makeID, makeAuthorID: makeID)
                for observation in observations { try writer.store(observation) }
                let (token, changed) = (makeToken(), writer.ingested.changed)
                let (scope, others) = (FanOutScope(chosen), writer.leftBehind.subtracting(changed))
                try connection.markStale(changed, changed: true, for: scope, token: token)
                try connection.markStale(others, changed: false, token: token)
                return writer.ingested
            }
        }
    }
}

/// Stores observations one by one inside a transaction.
struct PostWriter {
    let connection: Connection
    let makePostID: (Instant) -> PostID
    let makeAuthorID: (Instant) -> AuthorID
    private(set) var ingested = Ingested()
    /// The other posts of authors who turned out not to have made one of theirs.
    private(set) var leftBehind: Set<PostID> = []

    init(
        connection: Connection, makePostID: @escaping (Instant) -> PostID, makeAuthorID: @escaping (Instant) -> AuthorID
    ) {
        (self.connection, self.makePostID, self.makeAuthorID) = (connection, makePostID, makeAuthorID)
    }

    mutating func store(_ observation: Observation) throws {
        let author = try storeAuthor(of: observation)
        let key = (observation.post.platform.rawValue, observation.post.platformPostID)
        let known = try connection.first(
            "\(StoredPost.select) WHERE posts.platform = \(key.0) AND posts.platform_post_id = \(key.1)",
            StoredPost.init)
        guard let known else {
            let id = try insert(observation, author: author)
            try insertSnapshot(of: observation, post: id)
            ingested.summary.new += 1
            return note(id, changed: true)
        }
        let contentChanged = try update(known, with: observation, author: author)
        let numbersChanged = try mergeSnapshot(of: observation, post: known.id)
        let isChanged = contentChanged || numbersChanged
        if isChanged { ingested.summary.updated += 1 } else { ingested.summary.unchanged += 1 }
        note(known.id, changed: isChanged)
    }

    private func posts(of author: AuthorID) throws -> [PostID] {
        try connection.rows("SELECT id FROM posts WHERE author_id = \(author)") { $0.id(0) }
    }

    private mutating func note(_ post: PostID, changed: Bool) {
        ingested.posts.insert(post)
        if changed { ingested.changed.insert(post) }
    }

    private func insert(_ observation: Observation, author: AuthorID?) throws -> PostID {
        let (id, post) = (makePostID(observation.observedAt), observation.post)
        try connection.execute(
            """
            INSERT INTO posts (id, platform, platform_post_id, content_type, is_short, title, description, url,
                thumbnail_url, author_id, published_at, duration_seconds, language, hashtags_json, observed_at, created_at)
            VALUES (\(id), \(post.platform.rawValue), \(post.platformPostID), \(post.contentType.rawValue), \(post.isShort),
                \(post.title), \(post.text), \(post.url), \(post.thumbnailURL), \(author), \(post.publishedAt),
                \(post.duration), \(post.language), \(try JSONColumn.encode(post.hashtags)), \(observation.observedAt),
                \(observation.observedAt))
            """)
        return id
    }

    /// A later sighting replaces what it knows; an earlier one, or one of the same instant, only fills what is unknown.
    private mutating func update(_ known: StoredPost, with observation: Observation, author: AuthorID?) throws -> Bool {
        let isLater = observation.observedAt > known.observedAt
        let post = isLater ? observation.post.filled(from: known.post) : known.post.filled(from: observation.post)
        let authorID = isLater ? author ?? known.authorID : known.authorID ?? author
        guard post.content != known.post.content || authorID != known.authorID || isLater else { return false }
        try connection.execute(
            """
            UPDATE posts SET content_type = \(post.contentType.rawValue), is_short = \(post.isShort), title = \(post.title),
                description = \(post.text), url = \(post.url), thumbnail_url = \(post.thumbnailURL),
                author_id = \(authorID), published_at = \(post.publishedAt), duration_seconds = \(post.duration),
                language = \(post.language), hashtags_json = \(try JSONColumn.encode(post.hashtags)),
                observed_at = \(max(observation.observedAt, known.observedAt))
            WHERE id = \(known.id)
            """)
        if let former = known.authorID, former != authorID {
            for post in try posts(of: former) {
                note(post, changed: false)
                leftBehind.insert(post)
            }
        }
        return post.content != known.post.content || authorID != known.authorID
    }

    // MARK: Snapshots

    private func insertSnapshot(of observation: Observation, post: PostID) throws {
        guard !observation.counts.isEmpty else { return }
        let counts = observation.counts
        try connection.execute(
            """
            INSERT INTO snapshots (post_id, observed_at, views, likes, shares, comments)
            VALUES (\(post), \(observation.observedAt), \(counts.views), \(counts.likes), \(counts.shares),
                \(counts.comments))
            """)
    }

    private func mergeSnapshot(of observation: Observation, post: PostID) throws -> Bool {
        let stored = try connection.first(
            """
            SELECT observed_at, views, likes, shares, comments FROM snapshots
            WHERE post_id = \(post) AND observed_at = \(observation.observedAt)
            """, Snapshot.init(row:))
        guard let stored else {
            try insertSnapshot(of: observation, post: post)
            return !observation.counts.isEmpty
        }
        let merged = stored.counts.merged(with: observation.counts)
        guard merged != stored.counts else { return false }
        try connection.execute(
            """
            UPDATE snapshots SET views = \(merged.views), likes = \(merged.likes), shares = \(merged.shares),
                comments = \(merged.comments)
            WHERE post_id = \(post) AND observed_at = \(observation.observedAt)
            """)
        return true
    }

    // MARK: Authors

    private mutating func storeAuthor(of observation: Observation) throws -> AuthorID? {
        guard let author = observation.post.author else { return nil }
        let known = try connection.first(
            """
            SELECT id, name, url, followers, observed_at FROM authors
            WHERE platform = \(author.platform.rawValue) AND platform_author_id = \(author.platformAuthorID)
            """, StoredAuthor.init)
        guard let known else {
            let id = makeAuthorID(observation.observedAt)
            try connection.execute(
                """
                INSERT INTO authors (id, platform, platform_author_id, name, url, followers, observed_at)
                VALUES (\(id), \(author.platform.rawValue), \(author.platformAuthorID), \(author.name), \(author.url),
                    \(author.followers), \(observation.observedAt))
                """)
            return id
        }
        try update(known, with: author, observedAt: observation.observedAt)
        return known.id
    }

    private mutating func update(_ known: StoredAuthor, with author: Author, observedAt: Instant) throws {
        let isLater = observedAt > known.observedAt
        let name = isLater ? author.name : known.name
        let url = isLater ? author.url ?? known.url : known.url ?? author.url
        let followers = isLater ? author.followers ?? known.followers : known.followers ?? author.followers
        guard (name, url, followers) != (known.name, known.url, known.followers) || isLater else { return }
        try connection.execute(
            """
            UPDATE authors SET name = \(name), url = \(url), followers = \(followers),
                observed_at = \(max(observedAt, known.observedAt))
            WHERE id = \(known.id)
            """)
        guard (name, url) != (known.name, known.url) else { return }
        for post in try posts(of: known.id) { note(post, changed: true) }
    }
}
