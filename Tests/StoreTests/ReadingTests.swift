import Core
import Store
import TestSupport
import Testing

@Suite("Snapshots of a site")
struct ReadingTests {
    private let start = StoreFixture.start

    @Test("A snapshot shows one moment, whatever is written while it is read")
    func oneMoment() async throws {
        let world = try await World()
        let other = try StoreFixture.open(world.fixture.location)
        try world.snapshot { (snapshot: any SiteSnapshot) throws in
            let before = try (snapshot.user(), snapshot.listedTrends(limit: 100), snapshot.ideaboards())
            _ = try other.renameUser(world.user, to: "Other", now: start)
            _ = try other.deleteIdeaboard(world.board("One"), for: world.user)
            _ = try other.setState(.saved, of: world.trend("d"), for: world.user)
            #expect(try snapshot.user() == before.0)
            #expect(try snapshot.listedTrends(limit: 100) == before.1)
            #expect(try snapshot.ideaboards() == before.2)
        }
        #expect(try world.snapshot { try $0.user().name } == "Other")
    }

    @Test("Lists are newest first; those beyond the limit stay if they are saved")
    func listed() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        for hours in 0..<6 {
            let stored = try fixture.store.store([.video("v\(hours)", views: 1, at: start)])
            _ = try fixture.store.fanOut(stored, to: nil, now: start.adding(hours: Double(hours)))
        }
        let all = try fixture.trends()
        #expect(all.map(\.post.platformPostID) == ["v5", "v4", "v3", "v2", "v1", "v0"])
        for index in [0, 4] { _ = try fixture.store.setState(.saved, of: all[index].id, for: fixture.user) }
        _ = try fixture.store.setState(.hidden, of: all[1].id, for: fixture.user)
        let listed = try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.listedTrends(limit: 3) }
        #expect(listed?.map(\.post.platformPostID) == ["v5", "v4", "v3", "v1"])
        #expect(try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.savedTrends() }?.count == 2)
    }

    @Test("A list carries no text but the beginning of what stands for a title; a trend's page carries all")
    func parts() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        let text = String(repeating: "långt ", count: 200)
        for (id, title) in [("titled", "Title"), ("untitled", nil)] as [(String, String?)] {
            var post = Observation.video(id, views: 1, at: start).post
            (post.title, post.text, post.hashtags) = (title, text, ["tag"])
            let seen = Observation(Sighting(post: post, counts: Counts(views: 1)), observedAt: start)
            _ = try fixture.store.fanOut(try fixture.store.store([seen]), to: nil, now: start)
        }
        let cards = try fixture.trends()
        #expect(cards.first { $0.post.title != nil }?.post.text == nil)
        #expect(cards.first { $0.post.title == nil }?.post.text == String(text.unicodeScalars.prefix(300)))
        #expect(cards.allSatisfy { $0.post.hashtags.isEmpty })
        let whole = try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.trends(cards.map(\.id)) } ?? []
        #expect(whole.count == 2 && whole.allSatisfy { $0.post.text == text && $0.post.hashtags == ["tag"] })
    }

    @Test("Evidence keeps the order in which it was attached; what is attached again stays in its place")
    func evidence() async throws {
        let world = try await World()
        let (board, ids) = (try world.board("Two"), try ["c", "d", "a", "b"].map(world.trend))
        for trend in [ids[1], ids[2], ids[0], ids[3]] { _ = try world.store.attach(trend, to: board, for: world.user) }
        #expect(try world.snapshot { try $0.ideaboard(board)?.trendIDs } == ids)
        _ = try world.store.detach(ids[0], from: board, for: world.user)
        _ = try world.store.attach(ids[0], to: board, for: world.user)
        #expect(try world.snapshot { try $0.ideaboard(board)?.trendIDs } == [ids[1], ids[2], ids[3], ids[0]])
    }

    @Test("Boards come last edited first, in lists without their text")
    func boards() async throws {
        let world = try await World()
        _ = try world.store.updateIdeaboard(
            world.board("One"), title: "One", content: "long text", status: .published, for: world.user,
            now: start.adding(hours: 1))
        let boards = try world.snapshot { try $0.ideaboards() }
        #expect(boards.map(\.title) == ["One", "Two"])
        #expect(boards.map(\.content) == ["", ""])
        #expect(boards[0].status == .published && boards[0].updatedAt == start.adding(hours: 1))
        #expect(try world.snapshot { try $0.ideaboard(boards[0].id)?.content } == "long text")
    }

    @Test("A deleted trend leaves the boards that showed it, one twice in a new board is there once")
    func references() async throws {
        let world = try await World()
        _ = try await world.store.removeTrend(world.trend("a"), of: world.user)
        #expect(try world.snapshot { try $0.ideaboard(world.board("One"))?.trendIDs } == [try world.trend("b")])
        let twice = [try world.trend("c"), try world.trend("b"), try world.trend("c")]
        let made = try world.store.createIdeaboard("x", content: "", trends: twice, for: world.user, now: start).id
        #expect(try world.snapshot { try $0.ideaboard(made)?.trendIDs } == Array(twice.prefix(2)))
    }

    @Test("Deleting a watchlist takes the trends that nothing else holds")
    func deletedWatchlist() async throws {
        let world = try await World()
        for (name, state) in [("e", TrendState.saved), ("f", .hidden), ("g", .seen)] {
            try world.ingest(.video(name, views: 1, at: start))
            let trend = try #require(try world.fixture.trends().first { $0.post.platformPostID == name })
            _ = try world.store.setState(state, of: trend.id, for: world.user)
        }
        let second = try world.fixture.followEverything("Second")
        try world.ingest(.video("g", views: 1, at: start))

        _ = try await world.store.removeWatchlist(world.list, of: world.user)

        let left = try world.fixture.trends()
        #expect(
            left.map(\.post.platformPostID).sorted() == ["a", "b", "c", "e", "g"], "evidence, saved, in another list")
        #expect(left.first { $0.post.platformPostID == "g" }?.watchlistIDs == [second])
        #expect(try world.snapshot { try $0.watchlists().map(\.name) } == ["Second"])
    }

    @Test("Watchlists are found by id or exact name, oldest first in a snapshot")
    func watchlists() async throws {
        let world = try await World()
        let later = try world.store.createWatchlist(
            "Everything", rule: .everything, for: world.user, now: start.adding(hours: 1)
        ).id
        #expect(try world.store.watchlists(named: "Everything") == [world.list, later].sorted())
        #expect(try world.store.watchlists(named: world.list.rawValue) == [world.list])
        #expect(try world.store.watchlists(named: "everything") == [])
        #expect(try world.snapshot { try $0.watchlists().map(\.id) } == [world.list, later])
    }

    @Test("Only users have sites in the store")
    func otherSites() async throws {
        let world = try await World()
        #expect(try world.store.version(of: .publicPages) == nil)
        #expect(try world.store.version(of: .board(slug: "x")) == nil)
        #expect(try world.store.withSnapshot(of: .board(slug: "x")) { _ in true } == nil)
        #expect(try world.store.version(of: .user(world.user))?.revision == world.revision)
    }
}
