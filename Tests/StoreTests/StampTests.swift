import Core
import Store
import TestSupport
import Testing

/// DESIGN, 5: every write stamps the sections it touches and the rows whose pages it changes, in one revision.
@Suite("Stamps")
struct StampTests {
    struct Write: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let noun: ChangedNoun
        var trends: Set<String> = []
        var boards: Set<String> = []
        let perform: @Sendable (World) async throws -> Change
    }

    private static let accountWrites = [
        Write(testDescription: "rename the user", noun: .user) {
            try $0.store.renameUser($0.user, to: "Other", now: World.start)
        },
        Write(testDescription: "change the plan", noun: .user) {
            try $0.store.setPlan("studio", of: $0.user, now: World.start)
        },
        Write(testDescription: "create a watchlist", noun: .watchlist) {
            try $0.store.createWatchlist("More", rule: .everything, for: $0.user, now: World.start).change
        },
        Write(testDescription: "rename a watchlist", noun: .watchlist) {
            try await $0.store.renameWatchlist($0.list, to: "Other", for: $0.user, now: World.start)
        },
        Write(testDescription: "delete a watchlist", noun: .watchlist) {
            try await $0.store.removeWatchlist($0.list, of: $0.user)
        },
    ]

    private static let trendWrites = [
        Write(testDescription: "save a trend that a board shows", noun: .trend, trends: ["a"], boards: ["One"]) {
            try $0.store.setState(.saved, of: $0.trend("a"), for: $0.user)
        },
        Write(testDescription: "hide a trend that no board shows", noun: .trend, trends: ["d"]) {
            try $0.store.setState(.hidden, of: $0.trend("d"), for: $0.user)
        },
        Write(testDescription: "delete a trend that a board shows", noun: .trend, boards: ["Two"]) {
            try await $0.store.removeTrend($0.trend("c"), of: $0.user)
        },
        Write(
            testDescription: "import new numbers, which the others are measured by", noun: .trend,
            trends: ["a", "b", "c", "d"], boards: ["One", "Two"]
        ) { world in
            let seen = Observation.video("a", views: 5000, at: World.start.adding(hours: 9))
            return try #require(try world.ingest(seen).first)
        },
        Write(testDescription: "import a new title", noun: .trend, trends: ["c"], boards: ["Two"]) { world in
            let seen = Observation.video("c", title: "Renamed", views: nil, at: World.start.adding(hours: 9))
            return try #require(try world.ingest(seen).first)
        },
        Write(
            testDescription: "import a post that is new, and was seen at the age of one other", noun: .trend,
            trends: ["new", "a"], boards: ["One"]
        ) { world in
            try #require(try world.ingest(.video("e", views: 1, at: World.start)).first)
        },
    ]

    private static let boardWrites = [
        Write(testDescription: "create a board with evidence", noun: .attachment, trends: ["a", "d"], boards: ["New"]) {
            let evidence = [try $0.trend("d"), try $0.trend("a")]
            return try $0.store.createIdeaboard("New", content: "", trends: evidence, for: $0.user, now: World.start)
                .change
        },
        Write(testDescription: "edit a board's text", noun: .ideaboard, boards: ["One"]) {
            try $0.store.updateIdeaboard(
                $0.board("One"), title: "One", content: "new", status: .published, for: $0.user, now: World.start)
        },
        Write(testDescription: "rename a board", noun: .ideaboard, trends: ["a", "b"], boards: ["Uno"]) {
            try $0.store.updateIdeaboard(
                $0.board("One"), title: "Uno", content: "x", status: .draft, for: $0.user, now: World.start)
        },
        Write(testDescription: "delete a board", noun: .attachment, trends: ["a", "b"]) {
            try $0.store.deleteIdeaboard($0.board("One"), for: $0.user)
        },
        Write(testDescription: "attach a trend", noun: .attachment, trends: ["d"], boards: ["Two"]) {
            try $0.store.attach($0.trend("d"), to: $0.board("Two"), for: $0.user)
        },
        Write(testDescription: "detach a trend", noun: .attachment, trends: ["a"], boards: ["One"]) {
            try $0.store.detach($0.trend("a"), from: $0.board("One"), for: $0.user)
        },
    ]

    @Test(
        "A write stamps exactly its sections and rows, all with the revision it returns",
        arguments: accountWrites + trendWrites + boardWrites)
    func stamps(_ write: Write) async throws {
        let world = try await World()
        let before = try world.revision

        let change = try await write.perform(world)

        #expect(change == Change(site: .user(world.user), revision: before + 1))
        #expect(try world.revision == change.revision)
        #expect(
            try world.stamped(after: before)
                == Stamps(sections: write.noun.sections, trends: write.trends, boards: write.boards))
        #expect(try world.stamped(after: change.revision) == Stamps(sections: [], trends: [], boards: []))
    }

    @Test("The same numbers again stamp nothing")
    func unchanged() async throws {
        let world = try await World()
        let before = try world.revision
        #expect(
            try world.ingest(
                .video("a", views: 1000, at: World.start), .video("b", views: 1, at: World.start.adding(hours: 1)))
                == [])
        #expect(try world.stamped(after: before) == Stamps(sections: [], trends: [], boards: []))
    }

    @Test("Many changed posts of one import are one revision")
    func oneRevision() async throws {
        let world = try await World()
        let before = try world.revision
        let later = World.start.adding(hours: 20)
        let changes = try world.ingest(.video("a", views: 2000, at: later), .video("d", views: 2000, at: later))
        #expect(changes.map(\.revision) == [before + 1])
        #expect(try world.stamped(after: before).trends == ["a", "b", "c", "d"])
    }

    // MARK: Writes that are refused

    private static let nothing = "0192f0c0-0000-7000-8000-000000000000"
    private static let refused: [@Sendable (World) async throws -> Change] = [
        { try $0.store.setState(.saved, of: TrendID(rawValue: nothing), for: $0.user) },
        { try await $0.store.removeTrend(TrendID(rawValue: nothing), of: $0.user) },
        { try await $0.store.renameWatchlist(WatchlistID(rawValue: nothing), to: "x", for: $0.user, now: World.start) },
        { try await $0.store.removeWatchlist(WatchlistID(rawValue: nothing), of: $0.user) },
        { try $0.store.deleteIdeaboard(IdeaboardID(rawValue: nothing), for: $0.user) },
        { try $0.store.attach(TrendID(rawValue: nothing), to: $0.board("One"), for: $0.user) },
        { try $0.store.attach($0.trend("d"), to: IdeaboardID(rawValue: nothing), for: $0.user) },
        { try $0.store.detach($0.trend("a"), from: IdeaboardID(rawValue: nothing), for: $0.user) },
        {
            try $0.store.createIdeaboard(
                "x", content: "", trends: [$0.trend("a"), TrendID(rawValue: nothing)], for: $0.user, now: World.start
            ).change
        },
        {
            try $0.store.updateIdeaboard(
                IdeaboardID(rawValue: nothing), title: "x", content: "", status: .draft, for: $0.user, now: World.start)
        },
    ]

    @Test(
        "What does not exist is refused by name, and nothing at all is changed or stamped", arguments: refused.indices)
    func missing(_ index: Int) async throws {
        let world = try await World()
        let before = try world.revision

        let failure = await #expect(throws: StoreFailure.self) { try await Self.refused[index](world) }

        guard case .missing(let what) = failure else { throw try #require(failure) }
        #expect(what.hasSuffix(Self.nothing))
        #expect(try world.revision == before)
        #expect(try world.snapshot { try $0.ideaboards().count } == 2)
    }

    @Test("A user that does not exist has no site to change")
    func noUser() async throws {
        let world = try await World()
        let nobody = UserID(rawValue: Self.nothing)
        #expect(throws: StoreFailure.missing("site of user \(nobody)")) {
            try world.store.renameUser(nobody, to: "x", now: World.start)
        }
        #expect(throws: StoreFailure.self) {
            try world.store.createWatchlist("x", rule: .everything, for: nobody, now: World.start)
        }
    }
}
