import SQL
import TestSupport
import Testing

@Suite("Database")
struct DatabaseTests {
    @Test("SQLite's writer syncs every commit")
    func synchronous() async throws {
        let fixture = try await SQLFixture(.sqlite)
        defer { fixture.keep() }
        #expect(try fixture.database.writerPragma("synchronous") == 2)
    }

    @Test(
        "Interpolated values are bound, never part of the statement", arguments: TestEngine.allCases,
        ["'; DROP TABLE t; --", "?", "$1", "ü\u{202E}", "👩‍🚀\u{FFFF}", "", "\\x41", "a\\'b"])
    func binding(engine: TestEngine, text: String) async throws {
        let fixture = try await SQLFixture(engine, "CREATE TABLE t (a TEXT)")
        defer { fixture.keep() }
        let database = fixture.database
        try await database.write { try $0.execute("INSERT INTO t VALUES (\(text))") }
        let found = try await database.read { try $0.rows("SELECT a FROM t WHERE a = \(text)") { $0.text(0) } }
        #expect(found == [text])
    }

    @Test("A write that throws leaves nothing behind", arguments: TestEngine.allCases)
    func rollback(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, "CREATE TABLE t (a BIGINT UNIQUE)")
        defer { fixture.keep() }
        let database = fixture.database
        let failure = await #expect(throws: SQLFailure.self) {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                try connection.execute("INSERT INTO t VALUES (1)")
            }
        }
        guard case .constraint = failure else {
            throw ExpectationFailure("not a constraint: \(String(describing: failure))")
        }
        #expect(try await database.count("t") == 0)
    }

    @Test("An empty list matches nothing, a long one its members", arguments: TestEngine.allCases)
    func lists(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine)
        defer { fixture.keep() }
        let database = fixture.database
        for count in [0, 1, 64, 65, 500] {
            let list = Array(0..<Int64(count))
            let found = try await database.read {
                try $0.first("SELECT count(*) FROM (SELECT 1 AS a UNION ALL SELECT 999) AS x WHERE a IN \(list: list)")
                {
                    $0.integer(0)
                }
            }
            #expect(found == (count > 1 ? 1 : 0))
        }
    }

    @Test("A folder that does not exist, and a server that does not, are errors that name the place")
    func missing() {
        let file = #expect(throws: SQLFailure.self) { try Database(sqlite: "/nonexistent/kapture.db") }
        #expect(file?.description.contains("/nonexistent/kapture.db") == true)
        let server = #expect(throws: SQLFailure.self) {
            try Database(DatabaseAddress("postgres://user:secret@/db?host=/nonexistent"))
        }
        #expect(server?.description.contains("/nonexistent:5432/db") == true)
        #expect(server?.description.contains("secret") == false)
    }

    @Test("A point reader sees what was committed before it asks", arguments: TestEngine.allCases)
    func pointReader(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, "CREATE TABLE t (k TEXT PRIMARY KEY, v BIGINT)")
        defer { fixture.keep() }
        let database = fixture.database
        try await database.write { try $0.execute("INSERT INTO t VALUES ('a', 1)") }
        let reader = try PointReader(database, query: "SELECT v FROM t WHERE k = \("")") { $0.integer(0) }
        #expect(try await reader.first("a") == 1)
        try await database.write { try $0.execute("UPDATE t SET v = 2") }
        for _ in 0..<8 { #expect(try await reader.first("a") == 2) }
        #expect(try await reader.first("b") == nil)
        #expect(reader.isInstant == (engine == .sqlite))
    }

    @Test("What was closed says so", arguments: TestEngine.allCases)
    func closed(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine)
        defer { fixture.keep() }
        let database = fixture.database
        try await offPool { try database.close() }
        await #expect(throws: (any Error).self) { try await database.read { try $0.rows("SELECT 1") { _ in 1 } } }
    }
}
