import Core
import Store
import TestSupport
import Testing

@Suite("News of committed writes", .timeLimit(.minutes(2)))
struct ChangeTests {
    @Test("A write tells the site's new revision, the highest of several", arguments: TestEngine.both)
    func revisions(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let (told, late) = (fixture.store.changes(), fixture.store.changes())
        #expect(await told.first { _ in true }?.isIncomplete == true)
        #expect(await late.first { _ in true }?.isIncomplete == true)
        let (_, first) = try fixture.store.createIdeaboard(
            "One", content: "", for: fixture.user, now: StoreFixture.start)
        let (_, second) = try fixture.store.createIdeaboard(
            "Two", content: "", for: fixture.user, now: StoreFixture.start)
        let news = await told.first { $0.sites.contains(second) }
        #expect(news?.isIncomplete == false || engine == .sqlite)
        // Whoever takes later gets both as one.
        let merged = await late.first { $0.sites.contains(second) }
        #expect(merged?.sites == [second])
        #expect(first.revision < second.revision)
    }

    @Test(
        "Workers of other processes wake up when a job is enqueued or tried again",
        arguments: [
            TestEngine.postgres, .pgbouncer,
        ])
    func wakeUps(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let other = try StoreFixture.open(fixture.location)
        var wakeUps = other.wakeUps().makeAsyncIterator()
        await wakeUps.next()
        let id = try await fixture.store.enqueue(
            SampleJob(number: 1), JobTerms(userID: fixture.user), now: StoreFixture.start)
        await wakeUps.next()
        #expect(try await other.job(id, of: fixture.user)?.status == .pending)
        _ = try await fixture.store.cancelJob(id, of: fixture.user, now: StoreFixture.start)
        _ = try await fixture.store.retryJob(id, of: fixture.user, now: StoreFixture.start)
        await wakeUps.next()
        try other.close()
    }

    @Test("Behind pgbouncer a write is noticed, and asks for a look")
    func pooled() async throws {
        let fixture = try await StoreFixture(.pgbouncer)
        let feed = fixture.store.changes()
        _ = await feed.first { _ in true }
        try fixture.store.createIdeaboard("One", content: "", for: fixture.user, now: StoreFixture.start)
        #expect(await feed.first { $0.isIncomplete }?.mayConcern(topic: "jobs") == true)
    }
}
