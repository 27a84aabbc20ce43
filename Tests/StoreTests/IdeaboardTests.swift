import Core
import Store
import TestSupport
import Testing

@Suite("Ideaboards")
struct IdeaboardTests {
    private let start = StoreFixture.start

    private func made(
        _ fixture: StoreFixture, _ content: String = "first", trends: [TrendID] = []
    ) async throws -> Ideaboard {
        let draft = IdeaboardDraft(title: "Board", content: content, tags: ["a"])
        return try await fixture.store.createIdeaboard(
            draft, trends: trends, of: fixture.user, within: .max, now: start
        ).board
    }

    @discardableResult
    private func write(
        _ content: String, on board: Ideaboard, _ fixture: StoreFixture, base: Int64? = nil, autosave: Bool = false,
        after seconds: Int64 = 0
    ) async throws -> IdeaboardOutcome {
        var edit = IdeaboardEdit(base: base ?? board.version)
        (edit.content, edit.isAutosave) = (content, autosave)
        return try await fixture.store.editIdeaboard(
            board.id, edit, of: fixture.user, now: start.adding(seconds: seconds))
    }

    @Test("A board is made as drafted, read back whole, and listed by status without its text")
    func reading() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        #expect(try await fixture.store.ideaboard(board.id, of: fixture.user) == board)
        #expect((board.version, board.content, board.tags) == (1, "first", ["a"]))
        let drafts = try await fixture.store.ideaboards(of: fixture.user, .draft, Paging())
        let published = try await fixture.store.ideaboards(of: fixture.user, .published, Paging())
        #expect(drafts.items.map(\.content) == [""] && drafts.total == 1)
        #expect(published.total == 0)
    }

    @Test("An edit changes only what it names, and raises version and revision")
    func editing() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        var edit = IdeaboardEdit(base: 1)
        (edit.tags, edit.status, edit.description) = (["x", "X", "y"], .published, "About")
        let outcome = try await fixture.store.editIdeaboard(board.id, edit, of: fixture.user, now: start)
        #expect((outcome.board.title, outcome.board.content) == ("Board", "first"))
        #expect((outcome.board.tags, outcome.board.status) == (["x", "y"], .published))
        #expect((outcome.board.version, outcome.board.description) == (2, "About"))
        #expect(outcome.change?.revision == (try fixture.store.version(of: .user(fixture.user))?.revision))
    }

    @Test("An edit that changes nothing is no conflict and publishes nothing, whatever its base")
    func nothing() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        try await write("second", on: board, fixture)
        let again = try await write("second", on: board, fixture, base: 1)
        #expect(again.change == nil && again.board.version == 2)
    }

    @Test("An edit based on an older version changes nothing and tells both texts")
    func conflict() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        let theirs = try await write("theirs", on: board, fixture).board
        let error = await #expect(throws: IdeaboardConflict.self) {
            try await write("mine", on: board, fixture, base: 1)
        }
        #expect(error?.current == theirs)
        #expect(error?.mine.content == "mine")
        #expect(try await fixture.store.ideaboard(board.id, of: fixture.user) == theirs)
    }

    @Test("Autosaves within five minutes are one version; a save that was asked for is kept")
    func autosaves() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        for (turn, (seconds, autosave)) in [
            (10, true), (100, true), (250, false), (260, true), (559, true), (561, true), (900, true),
        ].enumerated() {
            try await write(
                "text \(turn)", on: board, fixture, base: Int64(turn + 1), autosave: autosave, after: Int64(seconds))
        }
        let versions = try await fixture.store.versions(of: board.id, of: fixture.user)
        #expect(versions.map(\.number) == [8, 7, 6, 4, 1])
        let kept = try await fixture.store.version(4, of: board.id, of: fixture.user)
        #expect(kept?.content == "text 2")
    }

    @Test("Saving what was saved by itself keeps it from being replaced")
    func settled() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        try await write("good", on: board, fixture, autosave: true)
        try await write("good", on: board, fixture, base: 2)
        try await write("better", on: board, fixture, base: 2, autosave: true, after: 5)
        #expect(try await fixture.store.versions(of: board.id, of: fixture.user).map(\.number) == [3, 2, 1])
    }

    @Test("A change of tags or status makes no version of its own")
    func tagsOnly() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        var edit = IdeaboardEdit(base: 1)
        edit.status = .archived
        let outcome = try await fixture.store.editIdeaboard(board.id, edit, of: fixture.user, now: start)
        #expect(outcome.board.version == 2)
        #expect(try await fixture.store.versions(of: board.id, of: fixture.user).map(\.number) == [2])
    }

    @Test("The newest 50 versions are kept")
    func newest() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        for turn in 1...60 { try await write("text \(turn)", on: board, fixture, base: Int64(turn)) }
        let versions = try await fixture.store.versions(of: board.id, of: fixture.user)
        #expect(versions.count == 50 && versions.first?.number == 61 && versions.last?.number == 12)
    }

    @Test("Restoring makes an earlier text the newest version and loses none")
    func restoring() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        try await write("second", on: board, fixture, autosave: true)
        let outcome = try await fixture.store.restoreVersion(1, of: board.id, of: fixture.user, now: start)
        #expect((outcome.board.content, outcome.board.version) == ("first", 3))
        let versions = try await fixture.store.versions(of: board.id, of: fixture.user)
        #expect(versions.map(\.number) == [3, 2, 1])
        await #expect(throws: StoreFailure.self) {
            try await fixture.store.restoreVersion(9, of: board.id, of: fixture.user, now: start)
        }
    }

    @Test("Evidence is attached once, in order, put into another order, and detached")
    func evidence() async throws {
        let fixture = try await StoreFixture()
        let ids = try fixture.threeTrends()
        let board = try await made(fixture, trends: [ids[0]])
        let attached = try await fixture.store.attachTrends([ids[0], ids[1], ids[2]], to: board.id, of: fixture.user)
        #expect(attached.board.trendIDs == ids)
        let order = [ids[2], ids[0], ids[1]]
        let ordered = try await fixture.store.orderTrends(order, of: board.id, of: fixture.user)
        #expect(ordered.board.trendIDs == order)
        let detached = try await fixture.store.detachTrend(ids[0], from: board.id, of: fixture.user)
        #expect(detached.board.trendIDs == [ids[2], ids[1]])
        await #expect(throws: StoreFailure.self) {
            try await fixture.store.orderTrends([ids[2]], of: board.id, of: fixture.user)
        }
        await #expect(throws: StoreFailure.self) {
            try await fixture.store.detachTrend(ids[0], from: board.id, of: fixture.user)
        }
    }

    @Test("Sharing gives an address that stays; taking it back leaves no site, and the next one is another")
    func sharing() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        let slug = try #require(try await fixture.store.shareIdeaboard(board.id, of: fixture.user).board.slug)
        let again = try await fixture.store.shareIdeaboard(board.id, of: fixture.user)
        #expect(slug.utf8.count == 32 && again.board.slug == slug && again.change == nil)
        #expect(try fixture.store.version(of: .board(slug: slug)) != nil)
        #expect(try fixture.store.boardSites().map(\.slug) == [slug])
        _ = try await fixture.store.unshareIdeaboard(board.id, of: fixture.user)
        #expect(try fixture.store.version(of: .board(slug: slug)) == nil)
        #expect(try fixture.store.withSnapshot(of: .board(slug: slug)) { $0.head } == nil)
        let next = try await fixture.store.shareIdeaboard(board.id, of: fixture.user).board.slug
        #expect(next != nil && next != slug)
    }

    @Test("Another user's board is as if it were not there")
    func foreign() async throws {
        let fixture = try await StoreFixture()
        let (store, board) = (fixture.store, try await made(fixture))
        let stranger = UserID(rawValue: "stranger")
        #expect(try await store.ideaboard(board.id, of: stranger) == nil)
        #expect(try await store.versions(of: board.id, of: stranger).isEmpty)
        #expect(try await store.version(1, of: board.id, of: stranger) == nil)
        let writes: [@Sendable () async throws -> Void] = [
            { _ = try await store.editIdeaboard(board.id, IdeaboardEdit(base: 1), of: stranger, now: start) },
            { _ = try await store.restoreVersion(1, of: board.id, of: stranger, now: start) },
            { _ = try await store.removeIdeaboard(board.id, of: stranger) },
            { _ = try await store.shareIdeaboard(board.id, of: stranger) },
            { _ = try await store.attachTrends([], to: board.id, of: stranger) },
        ]
        for write in writes { await #expect(throws: StoreFailure.self) { try await write() } }
        #expect(try await store.ideaboard(board.id, of: fixture.user) == board)
    }

    @Test("Removing a board removes its versions and its address")
    func removal() async throws {
        let fixture = try await StoreFixture()
        let board = try await made(fixture)
        let slug = try #require(try await fixture.store.shareIdeaboard(board.id, of: fixture.user).board.slug)
        _ = try await fixture.store.removeIdeaboard(board.id, of: fixture.user)
        #expect(try await fixture.store.versions(of: board.id, of: fixture.user).isEmpty)
        #expect(try fixture.store.version(of: .board(slug: slug)) == nil)
    }
}

extension StoreFixture {
    /// Three trends of the user, oldest first.
    func threeTrends() throws -> [TrendID] {
        _ = try store.createWatchlist("All", rule: .everything, for: user, now: Self.start)
        for index in 0..<3 { try see("v\(index)", views: 1, at: Self.start.adding(hours: Double(index))) }
        let trends = try store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 10) } ?? []
        return trends.map(\.id).reversed()
    }
}
