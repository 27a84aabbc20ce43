import Core
import Store
import TestSupport
import Testing

@Suite("Revisions")
struct RevisionTests {
    private let start = StoreFixture.start

    private func revision(_ fixture: StoreFixture) throws -> Int64? {
        try fixture.store.version(of: .user(fixture.user))?.revision
    }

    @Test("Every write that changes pages bumps the revision and returns it", arguments: TestEngine.allCases)
    func bumps(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let before = try #require(try revision(fixture))
        let board = try fixture.store.createIdeaboard("One", content: "", for: fixture.user, now: start)
        #expect(board.change == Change(site: .user(fixture.user), revision: before + 1))
        #expect(try revision(fixture) == before + 1)
    }

    @Test("An edited ideaboard stamps its sections and no others", arguments: TestEngine.allCases)
    func sections(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let (id, _) = try fixture.store.createIdeaboard("One", content: "", for: fixture.user, now: start)
        let change = try fixture.store.updateIdeaboard(
            id, title: "One", content: "text", status: .draft, for: fixture.user, now: start)
        let head = try #require(try fixture.store.withSnapshot(of: change.site) { $0.head })
        let stamped = Section.allCases.filter { head.revision(of: $0) == change.revision }
        #expect(Set(stamped) == ChangedNoun.ideaboard.sections)
    }

    @Test("Detaching stamps the trend at the other end", arguments: TestEngine.allCases)
    func otherEnd(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        try fixture.see("a", views: 1, at: start)
        let trend = try #require(try fixture.trends().first)
        let (board, made) = try fixture.store.createIdeaboard(
            "One", content: "", trends: [trend.id], for: fixture.user, now: start)
        let change = try fixture.store.detach(trend.id, from: board, for: fixture.user)
        let changed = try fixture.store.withSnapshot(of: change.site) { try $0.trendIDs(changedAfter: made.revision) }
        #expect(changed == [trend.id])
    }

    @Test("Nobody can touch another user's rows", arguments: TestEngine.allCases)
    func foreignRows(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.followEverything()
        try fixture.see("a", views: 1, at: start)
        let trend = try #require(try fixture.trends().first)
        let other = NewUser(
            email: "other@example.com", name: nil, password: PasswordHash(encoded: "x"), isOperator: false)
        let otherID = try #require(try await fixture.store.createUser(other, now: start))
        #expect(throws: StoreFailure.self) { try fixture.store.setState(.saved, of: trend.id, for: otherID) }
        await #expect(throws: StoreFailure.self) { try await fixture.store.removeTrend(trend.id, of: otherID) }
        #expect(throws: StoreFailure.self) {
            try fixture.store.createIdeaboard("x", content: "", trends: [trend.id], for: otherID, now: start)
        }
    }

    @Test("A deleted user's site is gone", arguments: TestEngine.allCases)
    func deletedUser(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        try fixture.store.deleteUser(fixture.user)
        #expect(try revision(fixture) == nil)
    }
}
