import SQL
import TestSupport
import Testing

@Suite("Transactions")
struct TransactionTests {
    private static let table = "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)"

    @Test(
        "What a write has read stays true until it commits: of many firsts one is first", arguments: TestEngine.allCases
    )
    func onlyOneFirst(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let others = [fixture.database, try await fixture.reopened()]
        let wins = try await atOnce(16) { index in
            try await others[index % 2].write { connection in
                guard try connection.first("SELECT 1 FROM t", { _ in true }) == nil else { return false }
                try connection.execute("INSERT INTO t VALUES (\(index), 0)")
                return true
            }
        }
        #expect(wins.filter { $0 }.count == 1)
        #expect(try await fixture.database.count("t") == 1)
    }

    @Test("Read, add one, write: no addition is lost", arguments: TestEngine.allCases, [Isolation.serial, .rows])
    func counter(engine: TestEngine, isolation: Isolation) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let handles = [fixture.database, try await fixture.reopened()]
        try await fixture.database.write { try $0.execute("INSERT INTO t VALUES (1, 0)") }
        _ = try await atOnce(40) { index in
            try await handles[index % 2].write(isolation) { connection in
                if isolation == .rows { try connection.lock("counter") }
                let count = try connection.first("SELECT n FROM t WHERE id = 1") { $0.integer(0) } ?? 0
                try connection.execute("UPDATE t SET n = \(count + 1) WHERE id = 1")
            }
        }
        #expect(try await fixture.database.read { try $0.first("SELECT n FROM t") { $0.integer(0) } } == 40)
    }

    @Test("Of two hundred who want one of ten, ten get it", arguments: TestEngine.allCases, [Isolation.serial, .rows])
    func quota(engine: TestEngine, isolation: Isolation) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let handles = [fixture.database, try await fixture.reopened()]
        try await fixture.database.write { try $0.execute("INSERT INTO t VALUES (1, 0)") }
        let got = try await atOnce(200) { index in
            try await handles[index % 2].write(isolation) { connection in
                try connection.execute("UPDATE t SET n = n + 1 WHERE id = 1 AND n < 10")
            }
        }
        #expect(got.reduce(0, +) == 10)
        #expect(try await fixture.database.read { try $0.first("SELECT n FROM t") { $0.integer(0) } } == 10)
    }

    @Test("A write that only announces, and one that does nothing, are writes", arguments: TestEngine.allCases)
    func empty(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        try await fixture.database.write { _ in }
        try await fixture.database.write { try $0.announce(Topic("jobs")) }
        try await fixture.database.write { connection in
            try connection.savepoint { try connection.execute("INSERT INTO t VALUES (1, 0)") }
        }
        #expect(try await fixture.database.count("t") == 1)
    }

    @Test("An error in the very first statement is that statement's", arguments: TestEngine.allCases)
    func firstStatement(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        for _ in 0..<3 {
            for text in [
                "INSERT INTO t VALUES (1, NULL)", "INSERT INTO nothing VALUES (1)", "INSERT INTO t (x) VALUES (1)",
            ] {
                let failure = await #expect(throws: SQLFailure.self) {
                    try await fixture.database.write { try $0.execute(Query(text: text, values: [])) }
                }
                #expect(text.hasSuffix("NULL)") == (failure.map { "\($0)".contains("refused") } == true), "\(text)")
            }
        }
        try await fixture.database.write { try $0.execute("INSERT INTO t VALUES (1, 0)") }
    }

    @Test("A read sees one moment, whatever is committed meanwhile", arguments: TestEngine.allCases)
    func snapshot(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let (reader, writer) = (fixture.database, try await fixture.reopened())
        let counts = try await offPool {
            try reader.read { connection in
                try (0..<3).map { index in
                    let count = try connection.first("SELECT count(*) FROM t") { $0.integer(0) }
                    try writer.write { try $0.execute("INSERT INTO t VALUES (\(index), 0)") }
                    return count
                }
            }
        }
        #expect(counts == [0, 0, 0])
        #expect(try await reader.count("t") == 3)
    }

    @Test("A read cannot write", arguments: TestEngine.allCases)
    func readOnly(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        await #expect(throws: SQLFailure.self) {
            try await database.read { try $0.execute("INSERT INTO t VALUES (1, 1)") }
        }
        await #expect(throws: SQLFailure.self) { try await database.read { try $0.announce(Topic("jobs")) } }
        #expect(try await database.count("t") == 0)
    }

    @Test("A failing savepoint undoes itself and nothing else", arguments: TestEngine.allCases)
    func savepoint(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        try await database.write { connection in
            try connection.execute("INSERT INTO t VALUES (1, 1)")
            #expect(throws: SQLFailure.self) {
                try connection.savepoint {
                    try connection.execute("INSERT INTO t VALUES (2, 2)")
                    try connection.execute("INSERT INTO t VALUES (1, 1)")
                }
            }
            try connection.savepoint {
                try connection.savepoint { try connection.execute("INSERT INTO t VALUES (3, 3)") }
            }
        }
        #expect(try await database.read { try $0.rows("SELECT id FROM t ORDER BY id") { $0.integer(0) } } == [1, 3])
    }

    @Test("A write whose body swallowed PostgreSQL's refusal is not taken for committed")
    func swallowed() async throws {
        let fixture = try await SQLFixture(.postgres, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        await #expect(throws: SQLFailure.self) {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1, 1)")
                _ = try? connection.execute("INSERT INTO t VALUES (1, 1)")
            }
        }
        #expect(try await database.count("t") == 0)
    }

    @Test("Claimed rows are passed over by others", arguments: [TestEngine.postgres, .pgbouncer])
    func skipLocked(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let (one, two) = (fixture.database, try await fixture.reopened())
        try await one.write { connection in
            for id in 1...4 { try connection.execute("INSERT INTO t VALUES (\(id), 0)") }
        }
        let claim: Query = "SELECT id FROM t ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED"
        let claims = try await offPool {
            try one.write(.rows) { first in
                let mine = try first.rows(claim) { $0.integer(0) }
                return [mine, try two.write(.rows) { try $0.rows(claim) { $0.integer(0) } }]
            }
        }
        #expect(claims == [[1, 2], [3, 4]])
    }

    @Test("A hundred callers share a few connections", arguments: [TestEngine.postgres, .pgbouncer])
    func manyCallers(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let sums = try await atOnce(100) { index in
            try await database.write(.rows) { connection in
                try connection.execute("INSERT INTO t VALUES (\(index), \(index))")
                return try connection.first("SELECT n FROM t WHERE id = \(index)") { $0.integer(0) } ?? -1
            }
        }
        #expect(sums.reduce(0, +) == 4950)
        #expect(try await database.count("t") == 100)
    }
}
