import SQL
import TestSupport
import Testing

@testable import Store

@Suite("Dialect")
struct DialectTests {
    private static func first<Value: Sendable>(
        _ engine: TestEngine, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        let home = try await TestDatabase(engine, isMigrated: false)
        defer { withExtendedLifetime(home) {} }
        let database = try await offPool { try Database(home.address) }
        return try await database.write(.rows, body)
    }

    @Test("Text is found byte by byte, whatever it contains", arguments: TestEngine.both)
    func contains(engine: TestEngine) async throws {
        let wanted = ["50%", "_", "", "B", "é", "👩‍🚀", "?", "$1", "x"]
        let found = try await Self.first(engine) { connection in
            try connection.execute("CREATE TABLE t (a TEXT)")
            try connection.execute("INSERT INTO t VALUES (\("save 50% é_👩‍🚀 b? $1"))")
            return try wanted.filter { text in
                let query: Query = "SELECT 1 FROM t WHERE \(connection.dialect.contains("a", text))"
                return try connection.first(query) { _ in true } ?? false
            }
        }
        #expect(found == ["50%", "_", "", "é", "👩‍🚀", "?", "$1"])
    }

    @Test("The larger of two numbers, NULL when one is", arguments: TestEngine.both)
    func larger(engine: TestEngine) async throws {
        let found = try await Self.first(engine) { connection in
            try connection.execute("CREATE TABLE t (a BIGINT, b BIGINT)")
            try connection.execute("INSERT INTO t VALUES (1, 2), (4, 3), (5, NULL)")
            return try connection.rows("SELECT \(connection.dialect.larger("a", "b")) FROM t ORDER BY a") {
                $0.optionalInteger(0)
            }
        }
        #expect(found == [2, 4, nil])
    }

    @Test("Claims and locks are statements on both engines", arguments: TestEngine.both)
    func claims(engine: TestEngine) async throws {
        let found = try await Self.first(engine) { connection in
            try connection.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, worker TEXT)")
            try connection.execute("INSERT INTO t (id) VALUES (1), (2), (3)")
            let dialect = connection.dialect
            let claim: Query = """
                UPDATE t SET worker = \("w") WHERE id IN
                    (SELECT id FROM t WHERE worker IS NULL ORDER BY id LIMIT \(2) \(dialect.claiming)) RETURNING id
                """
            let claimed = try connection.rows(claim) { $0.integer(0) }.sorted()
            return claimed + (try connection.rows("SELECT id FROM t WHERE id = 3 \(dialect.locking)") { $0.integer(0) })
        }
        #expect(found == [1, 2, 3])
    }
}
