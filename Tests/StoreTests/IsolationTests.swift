import Core
import Store
import TestSupport
import Testing

/// Two users over one store: the canary's data must never show up on the other side.
@Suite("Isolation of users")
struct IsolationTests {
    private struct Two {
        let mine: World
        let canary: World

        init() async throws {
            let fixture = try await StoreFixture()
            let other = try await fixture.addUser("canary@example.com", name: "CANARY")
            canary = try World(in: fixture, user: other)
            mine = try World(in: fixture)
        }
    }

    @Test("One post is a trend of each, with an id and a state of its own")
    func sharedPost() async throws {
        let two = try await Two()
        _ = try two.canary.store.setState(.hidden, of: two.canary.trend("a"), for: two.canary.user)

        let ours = try #require(try two.mine.snapshot { try $0.trends([try two.mine.trend("a")]).first })

        #expect(try two.mine.trend("a") != two.canary.trend("a"))
        #expect(ours.state == .new)
        #expect(Set(two.mine.trends.values).isDisjoint(with: two.canary.trends.values))
        #expect(ours.watchlistIDs == [two.mine.list])
    }

    @Test("Nothing that a snapshot reads is another user's, not even by its id")
    func reading() async throws {
        let two = try await Two()
        let theirs = Set(two.canary.trends.values)
        for trend in theirs { _ = try two.canary.store.setState(.saved, of: trend, for: two.canary.user) }
        let board = try two.canary.board("One")

        try two.mine.snapshot { (snapshot: any SiteSnapshot) throws in
            #expect(try snapshot.user().name == "Mara K")
            #expect(try snapshot.watchlists().map(\.id) == [two.mine.list])
            #expect(try theirs.isDisjoint(with: snapshot.listedTrends(limit: 1).map(\.id)))
            #expect(try theirs.isDisjoint(with: snapshot.listedTrends(limit: 1000).map(\.id)))
            #expect(try snapshot.savedTrends().isEmpty)
            #expect(try snapshot.trends(theirs.sorted()).isEmpty)
            #expect(try theirs.isDisjoint(with: snapshot.trendIDs(changedAfter: -1)))
            #expect(try Set(snapshot.ideaboards().map(\.id)) == Set(two.mine.boards.values))
            #expect(try snapshot.ideaboard(board) == nil)
        }
    }

    private static let trespasses: [@Sendable (World, World) async throws -> Change] = [
        { try $0.store.setState(.saved, of: $1.trend("a"), for: $0.user) },
        { try await $0.store.removeTrend($1.trend("a"), of: $0.user) },
        { try await $0.store.renameWatchlist($1.list, to: "x", for: $0.user, now: World.start) },
        { try await $0.store.removeWatchlist($1.list, of: $0.user) },
        {
            try $0.store.updateIdeaboard(
                $1.board("One"), title: "x", content: "", status: .draft, for: $0.user, now: World.start)
        },
        { try $0.store.deleteIdeaboard($1.board("One"), for: $0.user) },
        { try $0.store.attach($1.trend("a"), to: $0.board("Two"), for: $0.user) },
        { try $0.store.attach($0.trend("d"), to: $1.board("One"), for: $0.user) },
        { try $0.store.detach($1.trend("a"), from: $1.board("One"), for: $0.user) },
        {
            try $0.store.createIdeaboard("x", content: "", trends: [$1.trend("a")], for: $0.user, now: World.start)
                .change
        },
    ]

    @Test("A write to another user's row is refused as missing and changes neither side", arguments: trespasses.indices)
    func writing(_ index: Int) async throws {
        let two = try await Two()
        let before = try (two.mine.revision, two.canary.revision)
        let boards = try two.canary.snapshot { try $0.ideaboards() }
        let trends = try two.canary.snapshot { try $0.listedTrends(limit: 100) }

        await #expect(throws: StoreFailure.self) { try await Self.trespasses[index](two.mine, two.canary) }

        #expect(try (two.mine.revision, two.canary.revision) == before)
        #expect(try two.canary.snapshot { try $0.ideaboards() } == boards)
        #expect(try two.canary.snapshot { try $0.listedTrends(limit: 100) } == trends)
        #expect(try two.mine.snapshot { try $0.ideaboards().count } == 2)
    }

    @Test("A trend of another user, detached from one's own board, stays as it is")
    func detaching() async throws {
        let two = try await Two()
        let before = try two.canary.revision
        _ = try two.mine.store.detach(two.canary.trend("a"), from: two.mine.board("One"), for: two.mine.user)
        #expect(try two.canary.stamped(after: before - 1).boards == ["Two"])
        #expect(try two.canary.snapshot { try $0.trendIDs(changedAfter: before) } == [])
        #expect(try two.mine.snapshot { try $0.ideaboard(try two.mine.board("One"))?.trendIDs.count } == 2)
    }

    @Test("A user who goes takes all of theirs and nothing of others")
    func deletion() async throws {
        let two = try await Two()
        let ours = try two.mine.snapshot { (try $0.listedTrends(limit: 100), try $0.ideaboards(), try $0.watchlists()) }

        try two.mine.store.deleteUser(two.canary.user)

        #expect(try two.canary.store.version(of: .user(two.canary.user)) == nil)
        #expect(try two.canary.store.withSnapshot(of: .user(two.canary.user)) { _ in true } == nil)
        let left = try two.mine.snapshot { (try $0.listedTrends(limit: 100), try $0.ideaboards(), try $0.watchlists()) }
        #expect(left.0 == ours.0 && left.1 == ours.1 && left.2 == ours.2)
        #expect(try await two.mine.store.user(two.canary.user) == nil)
        #expect(try await two.mine.store.feed(of: two.canary.list) == nil)
    }

    @Test("What the status tells is counted over one's own trends")
    func status() async throws {
        let two = try await Two()
        for name in ["a", "b", "c"] {
            _ = try two.canary.store.setState(.seen, of: two.canary.trend(name), for: two.canary.user)
        }
        try two.mine.store.deleteUser(two.mine.user)
        let latest = World.start.adding(hours: 3)
        #expect(try await two.canary.store.status(of: two.canary.user) == UserStatus(observedAt: latest, newTrends: 1))
        #expect(try await two.mine.store.status(of: two.mine.user) == UserStatus(observedAt: nil, newTrends: 0))
    }
}
