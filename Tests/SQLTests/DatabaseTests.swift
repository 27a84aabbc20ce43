import SQL
import TestSupport
import Testing

@Suite("Database")
struct DatabaseTests {
    private let folder: TemporaryFolder
    private let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(sqlite: folder.path + "/test.db")
    }

    @Test("The writer syncs every commit")
    func synchronous() throws {
        #expect(try database.writerPragma("synchronous") == 2)
    }

    @Test(
        "Interpolated values are bound, never part of the statement",
        arguments: ["'; DROP TABLE t; --", "?", "ü\u{202E}"])
    func binding(text: String) throws {
        try database.write { try $0.execute("CREATE TABLE t (a TEXT)") }
        try database.write { try $0.execute("INSERT INTO t VALUES (\(text))") }
        #expect(try database.read { try $0.rows("SELECT a FROM t WHERE a = \(text)") { $0.text(0) } } == [text])
    }

    @Test("A write that throws leaves nothing behind")
    func rollback() throws {
        try database.write { try $0.execute("CREATE TABLE t (a BIGINT UNIQUE)") }
        #expect(throws: SQLFailure.self) {
            try database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                try connection.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(try database.read { try $0.first("SELECT count(*) FROM t") { $0.integer(0) } } == 0)
    }

    @Test("An empty list matches nothing")
    func emptyList() throws {
        let none: [Int64] = []
        #expect(try database.read { try $0.rows("SELECT 1 WHERE 1 IN \(list: none)") { $0.integer(0) } } == [])
    }

    @Test("Migrations run once, in order, and a newer schema is refused")
    func migrations() throws {
        let first = Migration(version: 1, name: "a", statements: ["CREATE TABLE a (x BIGINT)"])
        let second = Migration(version: 2, name: "b", statements: ["INSERT INTO a VALUES (7)"])
        try database.migrate([first])
        try database.migrate([first, second])
        try database.migrate([first, second])
        #expect(try database.read { try $0.rows("SELECT x FROM a") { $0.integer(0) } } == [7])
        #expect(throws: SQLFailure.newerSchema(found: 2, known: 1)) { try database.migrate([first]) }
    }

    @Test("A folder that does not exist is an error that names the file")
    func missingFolder() {
        #expect(throws: SQLFailure.self) { try Database(sqlite: "/nonexistent/kapture.db") }
    }

    @Test("A point reader sees what was committed before it asks")
    func pointReader() throws {
        try database.write { try $0.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v BIGINT)") }
        try database.write { try $0.execute("INSERT INTO t VALUES ('a', 1)") }
        let reader = try PointReader(sqlite: database.path, query: "SELECT v FROM t WHERE k = \("")")
        #expect(try reader.first("a") { $0.integer(0) } == 1)
        try database.write { try $0.execute("UPDATE t SET v = 2") }
        #expect(try (0..<8).map { _ in try reader.first("a") { $0.integer(0) } } == Array(repeating: 2, count: 8))
        #expect(try reader.first("b") { $0.integer(0) } == nil)
    }
}
