import Core
import Store
import TestSupport
import Testing

@Suite("Renamed watchlist")
struct RenamedWatchlistTests {
    private let start = StoreFixture.start

    /// A post with 20 others of its platform in the list, so that the score names the list.
    private func fixture(lists: String...) async throws -> (fixture: StoreFixture, lists: [WatchlistID]) {
        let fixture = try await StoreFixture()
        let ids = try lists.map { try fixture.followEverything($0) }
        let seen = (0..<21).map { Observation.video("v\($0)", views: 100, at: start, author: "author \($0)") }
        _ = try fixture.store.fanOut(try fixture.store.store(seen), to: nil, now: start)
        return (fixture, ids)
    }

    private func sentences(_ fixture: StoreFixture) throws -> Set<String> {
        Set(try fixture.trends().map(\.score.outlier.sentence))
    }

    @Test("A score names the watchlist that it was made in by the name that it has now")
    func renamed() async throws {
        let (fixture, lists) = try await fixture(lists: "Old name")
        _ = try await fixture.store.renameWatchlist(lists[0], to: "New name", for: fixture.user, now: start)
        #expect(
            try sentences(fixture) == ["1.0x: 100 views at 48 h; median of 20 videos in “New name” at that age: 100"])
    }

    @Test("So it does when the watchlist is edited in its form")
    func edited() async throws {
        let (fixture, lists) = try await fixture(lists: "Old name")
        let watchlist = try #require(try await fixture.store.watchlist(lists[0], of: fixture.user))
        let draft = try WatchlistDraft(name: "New name", rule: watchlist.rule)
        _ = try await fixture.store.editWatchlist(lists[0], to: draft, for: fixture.user, now: start)
        #expect(
            try sentences(fixture) == ["1.0x: 100 views at 48 h; median of 20 videos in “New name” at that age: 100"])
    }

    @Test("A score made in another list of that name keeps it")
    func twins() async throws {
        let (fixture, lists) = try await fixture(lists: "Twin", "Twin")
        _ = try await fixture.store.renameWatchlist(
            try #require(lists.max()), to: "Younger", for: fixture.user, now: start)
        #expect(try sentences(fixture) == ["1.0x: 100 views at 48 h; median of 20 videos in “Twin” at that age: 100"])
    }
}
