import SQL
import Synchronization
import TestSupport
import Testing

@Suite("Grouped writes")
struct GroupedWriteTests {
    private static let table = "CREATE TABLE t (id BIGINT PRIMARY KEY, b BYTEA)"

    @Test(
        "Each is there for others when it is answered, and a failing one undoes only itself",
        arguments: TestEngine.allCases)
    func answers(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let other = try await fixture.reopened()
        let outcomes = try await atOnce(300) { index in
            do {
                try await fixture.database.groupedWrite { connection in
                    try connection.execute("INSERT INTO t (id) VALUES (\(index + 1000))")
                    // Every third one is refused after it has written.
                    try connection.execute("INSERT INTO t (id) VALUES (\(index % 3 == 0 ? 1000 : index))")
                }
            } catch SQLFailure.constraint {
                return false
            }
            let found = try await other.read {
                try $0.first("SELECT 1 FROM t WHERE id = \(index + 1000)") { _ in true }
            }
            #expect(found != nil)
            return true
        }
        // Number 0 inserts 1000 twice; the others that want 1000 fail whether or not it is there: it never is.
        #expect(outcomes.filter { !$0 }.count <= 100)
        let rows = try await other.count("t")
        #expect(rows == Int64(outcomes.filter { $0 }.count * 2))
    }

    @Test("Many that wait together are committed together")
    func together() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.table)
        defer { fixture.keep() }
        let other = try await fixture.reopened()
        let largest = Mutex<Int64>(0)
        _ = try await atOnce(400) { index in
            try await fixture.database.groupedWrite { connection in
                try connection.execute("INSERT INTO t (id) VALUES (\(index))")
                let own = try connection.first("SELECT count(*) FROM t") { $0.integer(0) } ?? 0
                let committed = try other.read { try $0.first("SELECT count(*) FROM t") { $0.integer(0) } ?? 0 }
                largest.withLock { $0 = max($0, own - committed) }
            }
        }
        let size = largest.withLock { $0 }
        #expect((2...100).contains(size))
    }

    @Test("On a full disk nobody is told of a commit that did not happen")
    func fullDisk() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.table)
        defer { fixture.keep() }
        try await offPool { try fixture.database.runAlone("PRAGMA max_page_count = 60") }
        let outcomes = try await atOnce(60) { index in
            do {
                try await fixture.database.groupedWrite { connection in
                    try connection.execute("INSERT INTO t VALUES (\(index), \([UInt8](repeating: 1, count: 9000)))")
                }
                return true
            } catch {
                guard case SQLFailure.full = error else { throw error }
                return false
            }
        }
        #expect(outcomes.contains(true) && outcomes.contains(false))
        #expect(try await fixture.database.count("t") == outcomes.filter { $0 }.count)
    }
}
