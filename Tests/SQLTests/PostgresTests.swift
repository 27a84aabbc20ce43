import SQL
import Synchronization
import TestSupport
import Testing

@Suite("PostgreSQL")
struct PostgresTests {
    private static let table = "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT)"

    @Test("Broken connections are replaced before anybody notices", arguments: [TestEngine.postgres, .pgbouncer])
    func brokenConnections(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let (database, other) = (fixture.database, try await fixture.reopened())
        _ = try await atOnce(20) { index in
            try await database.write { try $0.execute("INSERT INTO t VALUES (\(index), 0)") }
        }
        try await Self.breakAll(other)
        #expect(try await database.count("t") == 20)
        try await Self.breakAll(other)
        try await database.write { try $0.execute("INSERT INTO t VALUES (100, 0)") }
        let reader = try PointReader(database, query: "SELECT n FROM t WHERE CAST(id AS TEXT) = \("")") {
            $0.integer(0)
        }
        try await Self.breakAll(other)
        #expect(try await reader.first("100") == 0)
    }

    @Test("A connection that breaks inside a write is replaced, and the write runs again")
    func brokenWrite() async throws {
        let fixture = try await SQLFixture(.postgres, Self.table)
        defer { fixture.keep() }
        let (database, other) = (fixture.database, try await fixture.reopened())
        let runs = Counter()
        try await database.write { connection in
            try connection.execute("INSERT INTO t VALUES (1, 1)")
            if runs.next() == 1 { try Self.breakOthers(other) }
            try connection.execute("INSERT INTO t VALUES (2, 2)")
        }
        #expect(runs.count == 2)
        #expect(try await database.count("t") == 2)
    }

    @Test("A read whose connection breaks after its first answer is not run again")
    func brokenRead() async throws {
        let fixture = try await SQLFixture(.postgres, Self.table)
        defer { fixture.keep() }
        let (database, other) = (fixture.database, try await fixture.reopened())
        let runs = Counter()
        let failure = await #expect(throws: SQLFailure.self) {
            try await database.read { connection in
                _ = runs.next()
                _ = try connection.first("SELECT count(*) FROM t") { $0.integer(0) }
                try Self.breakOthers(other)
                _ = try connection.first("SELECT count(*) FROM t") { $0.integer(0) }
            }
        }
        guard case .unavailable = failure else { throw ExpectationFailure("\(String(describing: failure))") }
        #expect(runs.count == 1)
    }

    @Test("A commit whose outcome is unknown is said to be, and not done again")
    func unknownOutcome() async throws {
        // A deferred trigger runs within COMMIT: there it ends its own connection.
        let fixture = try await SQLFixture(
            .postgres, Self.table,
            """
            CREATE FUNCTION vanish() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM 1; RETURN NULL; END $$
            """,
            """
            CREATE CONSTRAINT TRIGGER vanishing AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW.n = 13) EXECUTE FUNCTION vanish()
            """)
        defer { fixture.keep() }
        let runs = Counter()
        let failure = await #expect(throws: SQLFailure.self) {
            try await fixture.database.write { connection in
                _ = runs.next()
                try connection.execute("INSERT INTO t VALUES (1, 13)")
            }
        }
        guard case .outcomeUnknown = failure else { throw ExpectationFailure("\(String(describing: failure))") }
        #expect(runs.count == 1)
        try await fixture.database.write { try $0.execute("INSERT INTO t VALUES (2, 2)") }
    }

    @Test("A server that is stopped says so, and serves on when it is started again")
    func restart() async throws {
        let server = try await PostgresServer.start()
        let database = try await offPool { try Database(server.address(of: "postgres")) }
        let migration = Migration(version: 1, name: "t", statements: [Self.table])
        try await offPool { try database.migrate([migration]) }
        let feed = database.changes()
        _ = await feed.first { _ in true }
        try await server.stop()
        let failure = await #expect(throws: SQLFailure.self) { try await database.count("t") }
        guard case .unavailable = failure else { throw ExpectationFailure("\(String(describing: failure))") }
        await #expect(throws: SQLFailure.self) {
            try await database.write { try $0.execute("INSERT INTO t VALUES (1, 1)") }
        }
        try await server.restart()
        try await database.write { connection in
            try connection.execute("INSERT INTO t VALUES (2, 2)")
            try connection.announce(Topic("jobs"), "after")
        }
        // Told by name when the feed was back before the write, else by a look once it is.
        let told = await feed.first { $0.isIncomplete || $0.announcements.contains { $0.payload == "after" } }
        #expect(told != nil)
        #expect(try await database.count("t") == 1)
        try await offPool { try database.close() }
    }

    @Test("The server keeps a bounded number of statements for a connection")
    func statementCache() async throws {
        let fixture = try await SQLFixture(.postgres, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let kept = try await database.read { connection in
            for number in 0..<600 {
                _ = try connection.first(Query(text: "SELECT \(number) + ?", values: [.integer(1)])) { $0.integer(0) }
            }
            return try connection.first("SELECT count(*) FROM pg_prepared_statements") { $0.integer(0) } ?? 0
        }
        #expect((200...256).contains(kept))
    }

    @Test("A statement survives that its table changed under it")
    func stalePlan() async throws {
        let fixture = try await SQLFixture(.postgres, Self.table)
        defer { fixture.keep() }
        let other = try await fixture.reopened()
        let all: Query = "SELECT * FROM t"
        for _ in 0..<8 { _ = try await fixture.database.read { try $0.rows(all) { $0.integer(0) } } }
        try await other.write { try $0.execute("ALTER TABLE t ADD COLUMN m BIGINT DEFAULT 5") }
        try await other.write { try $0.execute("INSERT INTO t VALUES (1, 1)") }
        for _ in 0..<8 { #expect(try await fixture.database.read { try $0.rows(all) { $0.integer(2) } } == [5]) }
    }

    @Test("TLS follows sslmode")
    func tls() async throws {
        let server = try await PostgresServer.shared.value
        let secret = try await offPool { try Database(server.networkAddress(of: "postgres", "sslmode=require")) }
        let query: Query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        #expect(try await secret.read { try $0.first(query) { $0.bool(0) } } == true)
        let strict = try server.networkAddress(
            of: "postgres", "sslmode=verify-full", "sslrootcert=\(server.folder)/root.crt")
        let failure = await #expect(throws: SQLFailure.self) { try await offPool { _ = try Database(strict) } }
        #expect(failure?.description.contains("kapture-test") == true)
    }

    @Test("A database in another encoding than UTF-8 is refused with the way to mend it")
    func encoding() async throws {
        let options = "ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"
        let home = try await TestDatabase(.postgres, isMigrated: false, options: options)
        let failure = await #expect(throws: SQLFailure.self) { try await offPool { _ = try Database(home.address) } }
        #expect(failure?.description.contains("ENCODING 'UTF8'") == true)
    }

    // MARK: Breaking

    private static let others: Query = """
        SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        """

    private static func breakAll(_ database: Database) async throws {
        try await offPool { try breakOthers(database) }
    }

    private static func breakOthers(_ database: Database) throws {
        _ = try database.read { try $0.first(others) { $0.integer(0) } }
    }
}

/// Counts how often a body runs.
private final class Counter: Sendable {
    private let runs = Mutex(0)

    var count: Int { runs.withLock { $0 } }

    func next() -> Int {
        runs.withLock { runs in
            runs += 1
            return runs
        }
    }
}
