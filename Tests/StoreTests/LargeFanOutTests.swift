import Core
import Store
import TestSupport
import Testing

@Suite("Fan-out of large imports")
struct LargeFanOutTests {
    @Test("More posts than are held in memory at once reach their watchlist whole, with one change a user")
    func slices() async throws {
        let fixture = try await StoreFixture()
        let rule = try WatchlistRule(keywords: ["wanted"])
        _ = try fixture.store.createWatchlist("Wanted", rule: rule, for: fixture.user, now: StoreFixture.start)
        let seen = (0..<4010).map { index in
            Observation.video(
                "v\(index)", title: index % 100 == 0 ? "wanted \(index)" : "other", views: 10, at: StoreFixture.start)
        }

        let ingested = try fixture.store.store(seen)
        let changes = try fixture.store.fanOut(ingested, to: nil, now: StoreFixture.start)

        let titles = try fixture.store.withSnapshot(of: .user(fixture.user)) { snapshot in
            try snapshot.listedTrends(limit: 1000).compactMap(\.post.title)
        }
        #expect(Set(titles ?? []) == Set((0...40).map { "wanted \($0 * 100)" }))
        #expect(changes.map(\.site) == [.user(fixture.user)])
        #expect(try changes.map(\.revision) == [fixture.store.version(of: .user(fixture.user))?.revision])
        let again = try fixture.store.store(seen)
        #expect(try fixture.store.fanOut(again, to: nil, now: StoreFixture.start).isEmpty, "done is done")
    }
}
