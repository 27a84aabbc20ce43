import Core
import Store
import TestSupport
import Testing

@Suite("Ingest")
struct IngestTests {
    private let start = StoreFixture.start

    @Test("The same observation twice is new once and then unchanged", arguments: TestEngine.allCases)
    func idempotence(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let seen = Observation.video("a", views: 10, at: start)
        let first = try fixture.store.store([seen])
        let second = try fixture.store.store([seen])
        #expect((first.summary.new, first.changed.count) == (1, 1))
        #expect((second.summary.unchanged, second.changed.count) == (1, 0))
    }

    @Test("Two sightings at one instant keep the larger known value of each count", arguments: TestEngine.allCases)
    func largerValue(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        for views in [10, nil, 30, 20] as [Int64?] { try fixture.see("a", views: views, at: start) }
        #expect(try fixture.trends().map(\.counts.views) == [30])
        #expect(try fixture.trends().map(\.history.count) == [1])
    }

    @Test(
        "An earlier sighting that arrives late adds history and does not turn content back",
        arguments: TestEngine.allCases)
    func lateArrival(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        try fixture.see("a", title: "New title", views: 20, at: start.adding(hours: 2))
        try fixture.see("a", title: "Old title", views: 10, at: start)
        let trend = try #require(try fixture.trends().first)
        #expect(trend.post.title == "New title")
        #expect(trend.history.map(\.counts.views) == [10, 20])
        #expect(trend.counts.views == 20)
    }

    @Test("Unknown counts stay unknown", arguments: TestEngine.allCases)
    func unknown(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        try fixture.see("a", views: nil, at: start)
        #expect(try fixture.trends().map(\.counts) == [Counts()])
    }

    @Test("A post reaches each user once, whichever of their watchlists it meets", arguments: TestEngine.allCases)
    func oncePerUser(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything("First")
        try fixture.followEverything("Second")
        try fixture.see("a", views: 1, at: start)
        try fixture.see("a", views: 2, at: start.adding(hours: 1))
        let trends = try fixture.trends()
        #expect(trends.map(\.watchlistIDs.count) == [2])
    }

    @Test("An author's new name reaches the trends of all their posts", arguments: TestEngine.allCases)
    func renamedAuthor(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        try fixture.see("a", views: 1, at: start)
        var renamed = Observation.video("b", views: 1, at: start.adding(hours: 1)).post
        renamed.author = Author(platform: .youtube, platformAuthorID: "Desk Notes", name: "Desk & Notes")
        let later = Observation(Sighting(post: renamed, counts: Counts(views: 1)), observedAt: start.adding(hours: 1))
        _ = try fixture.store.fanOut(try fixture.store.store([later]), to: nil, now: start)
        #expect(Set(try fixture.trends().map { $0.post.author?.name }) == ["Desk & Notes"])
    }
}

extension StoreFixture {
    @discardableResult
    func followEverything(_ name: String = "Everything") throws -> WatchlistID {
        try store.createWatchlist(name, rule: .everything, for: user, now: Self.start).id
    }

    func trends() throws -> [Trend] {
        try store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 5000) } ?? []
    }
}

@Suite("Fan-out")
struct FanOutTests {
    private let start = StoreFixture.start

    @Test("A fan-out that was cut off is made good by the next import of the same file", arguments: TestEngine.allCases)
    func resumes(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        try fixture.see("a", views: 1, at: start)
        _ = try fixture.store.store([.video("a", views: 5, at: start.adding(hours: 1))])
        let again = try fixture.store.store([.video("a", views: 5, at: start.adding(hours: 1))])
        #expect(again.changed.isEmpty)
        #expect(try fixture.store.fanOut(again, to: nil, now: start).count == 1)
        #expect(try fixture.trends().map(\.counts.views) == [5])
    }

    @Test("A fan-out with nothing new touches no site", arguments: TestEngine.allCases)
    func nothingNew(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        try fixture.see("a", views: 1, at: start)
        let again = try fixture.store.store([.video("a", views: 1, at: start)])
        #expect(try fixture.store.fanOut(again, to: nil, now: start) == [])
    }
}
