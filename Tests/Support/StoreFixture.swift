import Core
import Store

/// A store of its own in a temporary folder, migrated by the real history, with one user.
package struct StoreFixture: Sendable {
    package let folder: TemporaryFolder
    package let store: Store
    package let user: UserID

    package static let start = CivilTime(year: 2026, month: 11, day: 1, hour: 9).instant

    /// Where the store is, for another process to open it too.
    package var location: String { folder.path + "/kapture.db" }

    /// A further opening of a store, by its location.
    package static func open(_ location: String) throws -> Store {
        try Store(sqlite: location)
    }

    package init() async throws {
        folder = try TemporaryFolder()
        store = try Self.open(folder.path + "/kapture.db")
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
