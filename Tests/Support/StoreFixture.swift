import Core
import SQL
import Store

/// A store of its own, migrated by the real history, with one user and a temporary folder.
package struct StoreFixture: Sendable {
    private let database: TestDatabase
    package let store: Store
    package let user: UserID

    package static let start = CivilTime(year: 2026, month: 11, day: 1, hour: 9).instant

    package var folder: TemporaryFolder { database.folder }
    package var engine: TestEngine { database.engine }

    /// The file of a store on SQLite.
    package var file: String { folder.path + "/kapture.db" }

    /// Where the store is, for another process to open it too.
    package var location: String { database.url }

    /// A further opening of a store, by its location.
    package static func open(_ location: String) throws -> Store {
        try Store(try DatabaseAddress(location))
    }

    /// On the engine of this run of the tests, unless another is named.
    package init(_ engine: TestEngine = .ofRun) async throws {
        try await self.init(TestDatabase(engine))
    }

    package init(_ database: TestDatabase) async throws {
        self.database = database
        store = try Store(database.address)
        let password = PasswordHash(encoded: "scrypt$1$1$1$AA==$AA==")
        let mara = NewUser(email: "mara@example.com", name: "Mara K", password: password, isOperator: false)
        guard let id = try await store.createUser(mara, now: Self.start) else { throw StoreFailure.taken(mara.email) }
        user = id
    }

    /// Stores one sighting of a video and lets it reach the watchlists.
    @discardableResult
    package func see(
        _ id: String, title: String? = nil, views: Int64?, at instant: Instant, author: String = "Desk Notes"
    ) throws -> IngestSummary {
        let ingested = try store.store([.video(id, title: title, views: views, at: instant, author: author)])
        _ = try store.fanOut(ingested, to: nil, now: instant)
        return ingested.summary
    }
}

extension Observation {
    /// A YouTube video two days old at `StoreFixture.start`.
    package static func video(
        _ id: String, title: String? = nil, views: Int64?, at instant: Instant, author: String = "Desk Notes"
    ) -> Observation {
        var post = Post(
            platform: .youtube, platformPostID: id, contentType: .video, url: "https://www.youtube.com/watch?v=\(id)")
        post.title = title ?? "Video \(id)"
        post.author = Author(platform: .youtube, platformAuthorID: author, name: author)
        post.publishedAt = StoreFixture.start.adding(hours: -48)
        return Observation(Sighting(post: post, counts: Counts(views: views)), observedAt: instant)
    }
}
