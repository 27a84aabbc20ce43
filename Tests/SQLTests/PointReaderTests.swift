import Foundation
import SQL
import TestSupport
import Testing

@Suite("A point reader remembers, and never too long")
struct PointReaderTests {
    private static let schema = "CREATE TABLE t (k TEXT PRIMARY KEY, v BIGINT)"
    private static let query: Query = "SELECT v FROM t WHERE k = \("")"

    @Test("After every commit of another handle, of a checkpoint and of a rollback, it says what is there")
    func othersCommits() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.schema)
        defer { fixture.keep() }
        let (reader, other) = (
            try PointReader(fixture.database, query: Self.query) { $0.integer(0) },
            try await fixture.reopened()
        )
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        var expected: [String: Int64] = [:]
        for _ in 0..<400 {
            let (key, value) = ("k\(Int.random(in: 0..<4, using: &random))", Int64.random(in: 0..<100, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                try await other.write {
                    try $0.execute("INSERT INTO t VALUES (\(key), \(value)) ON CONFLICT (k) DO UPDATE SET v = \(value)")
                }
                expected[key] = value
            case 6:
                try await other.write { try $0.execute("DELETE FROM t WHERE k = \(key)") }
                expected[key] = nil
            case 7:
                try? await other.write { connection in
                    try connection.execute("UPDATE t SET v = -1")
                    throw CancellationError()
                }
            case 8: try await offPool { try other.runAlone("PRAGMA wal_checkpoint(TRUNCATE)") }
            default: break
            }
            for key in ["k0", "k1", "k2", "k3", "k2"] {
                #expect(try await reader.first(key) == expected[key], "seed \(seed)")
            }
        }
    }

    @Test("Many threads that read while one writes never see an older value than before")
    func neverBack() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.schema)
        defer { fixture.keep() }
        let reader = try PointReader(fixture.database, query: Self.query) { $0.integer(0) }
        let database = fixture.database
        try await database.write { try $0.execute("INSERT INTO t VALUES ('a', 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var last: Int64 = 0
                    while last < 300 {
                        let value = try await reader.first("a") ?? -1
                        #expect(value >= last)
                        last = value
                        await Task.yield()
                    }
                }
            }
            group.addTask {
                for value in Int64(1)...300 {
                    try await database.write { try $0.execute("UPDATE t SET v = \(value)") }
                    #expect(try await reader.first("a") == value)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("What was closed says so, and remembers nothing")
    func closed() async throws {
        let fixture = try await SQLFixture(.sqlite, Self.schema)
        defer { fixture.keep() }
        let reader = try PointReader(fixture.database, query: Self.query) { $0.integer(0) }
        #expect(try await reader.first("a") == nil)
        try await offPool { try reader.close() }
        await #expect(throws: (any Error).self) { try await reader.first("a") }
    }
}
