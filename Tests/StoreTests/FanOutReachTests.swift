import Core
import Store
import TestSupport
import Testing

@Suite("Fan-out reach")
struct FanOutReachTests {
    private let start = StoreFixture.start

    private func posts(_ fixture: StoreFixture, of user: UserID) throws -> [String] {
        try #require(try fixture.store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 100) })
            .map(\.post.platformPostID).sorted()
    }

    @Test("Each user gets what their own watchlists let in, and one change, in order of id")
    func perUser() async throws {
        let fixture = try await StoreFixture()
        let other = try await fixture.addUser("other@example.com")
        let none = try await fixture.addUser("none@example.com")
        _ = try fixture.store.createWatchlist(
            "Cash", rule: WatchlistRule(keywords: ["cash"]), for: fixture.user, now: start)
        _ = try fixture.store.createWatchlist("Cars", rule: WatchlistRule(keywords: ["car"]), for: other, now: start)
        _ = try fixture.store.createWatchlist("Both", rule: .everything, for: other, now: start)
        _ = try fixture.store.createWatchlist("No", rule: WatchlistRule(keywords: ["zebra"]), for: none, now: start)

        let stored = try fixture.store.store([
            .video("a", title: "Cash", views: 1, at: start), .video("b", title: "Car", views: 1, at: start),
        ])
        let changes = try fixture.store.fanOut(stored, to: nil, now: start)

        #expect(changes.map(\.site) == [fixture.user, other].sorted().map(SiteName.user))
        #expect(try posts(fixture, of: fixture.user) == ["a"])
        #expect(try posts(fixture, of: other) == ["a", "b"])
        #expect(try posts(fixture, of: none) == [])
    }

    @Test("With chosen watchlists only those take new posts, but known trends are kept current")
    func chosen() async throws {
        let fixture = try await StoreFixture()
        let (first, second) = (try fixture.followEverything("First"), try fixture.followEverything("Second"))
        let stored = try fixture.store.store([.video("a", views: 1, at: start)], for: [first])
        _ = try fixture.store.fanOut(stored, to: [first], now: start)
        #expect(try fixture.trends().map(\.watchlistIDs) == [[first]])

        let more = try fixture.store.store(
            [.video("a", views: 9, at: start.adding(hours: 1)), .video("b", views: 1, at: start)], for: [second])
        _ = try fixture.store.fanOut(more, to: [second], now: start)

        let trends = try fixture.trends()
        #expect(trends.first { $0.post.platformPostID == "a" }?.counts.views == 9)
        #expect(trends.first { $0.post.platformPostID == "a" }?.watchlistIDs == [first, second].sorted())
        #expect(trends.first { $0.post.platformPostID == "b" }?.watchlistIDs == [second])
    }

    @Test("Cut off between two users, the next run does only what is left")
    func cutOff() async throws {
        let fixture = try await StoreFixture()
        let other = try await fixture.addUser("other@example.com")
        let mine = try fixture.followEverything()
        _ = try fixture.store.createWatchlist("Theirs", rule: .everything, for: other, now: start)
        let stored = try fixture.store.store([.video("a", views: 1, at: start)], for: [mine])
        _ = try fixture.store.fanOut(stored, to: [mine], now: start)

        let changes = try fixture.store.fanOut(stored, to: nil, now: start)
        let again = try fixture.store.fanOut(
            try fixture.store.store([.video("a", views: 1, at: start)]), to: nil, now: start)

        #expect(Set(changes.map(\.site)).isSuperset(of: [.user(other)]))
        #expect(try posts(fixture, of: other) == ["a"])
        #expect(again == [])
    }

    @Test("A new watchlist takes known posts with the next import that names them")
    func newWatchlist() async throws {
        let fixture = try await StoreFixture()
        try fixture.see("a", views: 1, at: start)
        #expect(try fixture.trends().isEmpty)
        let list = try fixture.followEverything()
        try fixture.see("a", views: 1, at: start)
        #expect(try fixture.trends().map(\.watchlistIDs) == [[list]])
    }

    @Test("A post that has grown into a watchlist joins it, and stays when it no longer fits")
    func joining() async throws {
        let fixture = try await StoreFixture()
        var limits = WatchlistRule.Limits()
        limits.minimumViews = 100
        let list = try fixture.store.createWatchlist(
            "Big", rule: WatchlistRule(keywords: ["video"], limits: limits), for: fixture.user, now: start
        ).id
        try fixture.see("a", views: 99, at: start)
        #expect(try fixture.trends().isEmpty)
        try fixture.see("a", views: 100, at: start.adding(hours: 1))
        #expect(try fixture.trends().map(\.watchlistIDs) == [[list]])
        try fixture.see("a", title: "Other words", views: 101, at: start.adding(hours: 2))
        #expect(try fixture.trends().map(\.watchlistIDs) == [[list]])
    }

    @Test("Age is counted at the moment of observation, so that an old file imports as it was")
    func ageAtObservation() async throws {
        let fixture = try await StoreFixture()
        var limits = WatchlistRule.Limits()
        limits.maximumAgeHours = 50
        let rule = try WatchlistRule(limits: limits)
        _ = try fixture.store.createWatchlist("Fresh", rule: rule, for: fixture.user, now: start)
        let seen = try fixture.store.store([
            .video("young", views: 1, at: start), .video("old", views: 1, at: start.adding(hours: 3)),
        ])
        _ = try fixture.store.fanOut(seen, to: nil, now: start.adding(hours: 24 * 365))
        #expect(try fixture.trends().map(\.post.platformPostID) == ["young"])
    }

    @Test("State and tags of a trend outlive new numbers")
    func stateStays() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        try fixture.see("a", views: 1, at: start)
        let id = try #require(try fixture.trends().first).id
        _ = try fixture.store.setState(.saved, of: id, for: fixture.user)
        try fixture.see("a", views: 2, at: start.adding(hours: 1))
        #expect(try fixture.trends().map(\.state) == [.saved])
        #expect(try fixture.trends().map(\.id) == [id])
    }

    @Test("Nothing stored means nobody to tell")
    func nothing() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        #expect(try fixture.store.fanOut(try fixture.store.store([]), to: nil, now: start) == [])
    }
}
