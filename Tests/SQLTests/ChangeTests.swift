import SQL
import TestSupport
import Testing

@Suite("Changes")
struct ChangeTests {
    private static let table = "CREATE TABLE t (id BIGINT PRIMARY KEY)"
    private let jobs = Topic("jobs")

    @Test("The first element asks for a look", arguments: TestEngine.allCases)
    func first(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        #expect(await database.changes().first { _ in true }?.isIncomplete == true)
    }

    @Test(
        "What a write announces is told after its commit, in this process and in others", arguments: TestEngine.allCases
    )
    func announced(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let handles = [fixture.database, try await fixture.reopened()]
        let feeds = handles.map { $0.changes() }
        for feed in feeds { await Self.stand(feed) }
        let jobs = jobs
        try await fixture.database.write { connection in
            try connection.execute("INSERT INTO t VALUES (1)")
            try connection.announce(jobs, "it's 7 ✓")
            try connection.announce(jobs, "it's 7 ✓")
        }
        let told = Announcement(topic: jobs, payload: "it's 7 ✓")
        for (index, feed) in feeds.enumerated() {
            let isExact = engine == .postgres || (engine == .sqlite && index == 0)
            let seen = await Self.next(feed) { isExact ? $0.announcements == [told] : $0.isIncomplete }
            #expect(seen?.mayConcern(jobs) == true)
            #expect(try await handles[index].count("t") == 1)
        }
    }

    @Test("A write may announce thousands of things", arguments: TestEngine.allCases)
    func many(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let feed = fixture.database.changes()
        await Self.stand(feed)
        let jobs = jobs
        try await fixture.database.write { connection in
            for number in 0..<3000 {
                try connection.execute("INSERT INTO t VALUES (\(number))")
                try connection.announce(jobs, "\(number)")
            }
        }
        #expect(await Self.next(feed) { $0.mayConcern(jobs) } != nil)
        #expect(try await fixture.database.count("t") == 3000)
    }

    @Test("What is undone is not announced", arguments: [TestEngine.sqlite, .postgres])
    func undone(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let (database, jobs) = (fixture.database, jobs)
        let feed = database.changes()
        await Self.stand(feed)
        try? await database.write { connection in
            try connection.announce(jobs, "rolled back")
            throw ExpectationFailure("")
        }
        try await database.write { connection in
            try? connection.savepoint {
                try connection.announce(jobs, "savepoint")
                throw ExpectationFailure("")
            }
            try connection.announce(jobs, "kept")
        }
        let seen = await Self.next(feed) { !$0.announcements.isEmpty }
        #expect(seen?.announcements.map(\.payload) == ["kept"])
    }

    @Test("An announcement that is too long is refused", arguments: [TestEngine.sqlite, .postgres])
    func tooLong(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let jobs = jobs
        for payload in [String(repeating: "x", count: 7001), "a\0"] {
            await #expect(throws: SQLFailure.self) { try await database.write { try $0.announce(jobs, payload) } }
        }
    }

    @Test("More than a listener can remember becomes one look", arguments: [TestEngine.sqlite, .postgres])
    func overflow(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let jobs = jobs
        let (slow, quick) = (database.changes(), database.changes())
        await Self.stand(slow)
        await Self.stand(quick)
        for part in 0..<3 {
            try await database.write { connection in
                for number in 0..<500 { try connection.announce(jobs, "\(part) \(number)") }
            }
        }
        // The quick one has seen the last, so the slow one was told everything, too.
        _ = await Self.next(quick) { $0.announcements.contains { $0.payload == "2 499" } || $0.isIncomplete }
        let seen = await Self.next(slow) { $0.isIncomplete }
        #expect(seen.map { $0.announcements.count < 1500 } == true)
    }

    @Test("A feed ends when its task is cancelled, and when the database is closed", arguments: TestEngine.allCases)
    func ends(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let count = Task { await database.changes().reduce(0) { count, _ in count + 1 } }
        count.cancel()
        #expect(await count.value < 3)
        let feed = database.changes()
        let closed = Task { await feed.reduce(0) { count, _ in count + 1 } }
        try await offPool { try database.close() }
        #expect(await closed.value < 5)
        #expect(await database.changes().first { _ in true } == nil)
    }

    /// From the first element on every commit is seen.
    static func stand(_ feed: AsyncStream<Changes>) async {
        _ = await feed.first { _ in true }
    }

    static func next(_ feed: AsyncStream<Changes>, _ condition: @escaping @Sendable (Changes) -> Bool) async -> Changes?
    {
        await feed.first(where: condition)
    }
}
