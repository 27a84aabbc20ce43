import SQL
import Synchronization
import TestSupport
import Testing

@Suite("Reads of many at once")
struct GroupedReadTests {
    private static let table = "CREATE TABLE t (id BIGINT PRIMARY KEY)"

    @Test(
        "Each sees what was committed before it was asked for, and has its own answer",
        arguments: TestEngine.allCases)
    func answers(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let areRight = try await atOnce(300) { index in
            try await database.groupedWrite { try $0.execute("INSERT INTO t (id) VALUES (\(index))") }
            let found = try await database.read {
                try $0.first("SELECT id FROM t WHERE id = \(index)") { $0.integer(0) }
            }
            return found == Int64(index)
        }
        #expect(areRight == Array(repeating: true, count: 300))
    }

    @Test(
        "A short one sees what was committed before it was asked for, however many there are at once",
        arguments: TestEngine.allCases)
    func short(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let areRight = try await atOnce(300) { index in
            try await database.groupedWrite { try $0.execute("INSERT INTO t (id) VALUES (\(index))") }
            let refused = try? await database.shortRead { _ -> Int in throw Refused() }
            let found = try await database.shortRead {
                try $0.first("SELECT id FROM t WHERE id = \(index)") { $0.integer(0) }
            }
            return found == Int64(index) && refused == nil
        }
        #expect(areRight == Array(repeating: true, count: 300))
    }

    @Test("One that fails or throws fails alone")
    func failures() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let areRight = try await atOnce(200) { index in
            do {
                let rows = try await database.read { connection in
                    if index % 3 == 1 { throw Refused() }
                    let count: Query = index % 3 == 2 ? "SELECT count(*) FROM nothing" : "SELECT count(*) FROM t"
                    return try connection.first(count) { $0.integer(0) }
                }
                return index % 3 == 0 && rows == 0
            } catch is Refused {
                return index % 3 == 1
            } catch is SQLFailure {
                return index % 3 == 2
            }
        }
        #expect(areRight == Array(repeating: true, count: 200))
    }

    @Test("A slow one keeps no reader from others")
    func slow() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let isOver = Mutex(false)
        async let slow: Void = database.read { _ in
            while !isOver.withLock({ $0 }) {}
        }
        for _ in 0..<20 {
            #expect(try await database.read { try $0.first("SELECT count(*) FROM t") { $0.integer(0) } } == 0)
        }
        isOver.withLock { $0 = true }
        try await slow
    }

    @Test("A closed database refuses them")
    func closed() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.table)
        let database = fixture.database
        try database.close()
        await #expect(throws: SQLFailure.self) {
            try await database.read { try $0.first("SELECT 1") { $0.integer(0) } }
        }
        await #expect(throws: SQLFailure.self) {
            try await database.shortRead { try $0.first("SELECT 1") { $0.integer(0) } }
        }
    }
}

private struct Refused: Error {}
