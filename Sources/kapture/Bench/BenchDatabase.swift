import ArgumentParser
import Core
import Foundation
import SQL

struct BenchDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "Small reads and writes: one by one, many at once, many in one commit.",
        discussion: "Writes a table bench_rows and drops it: give it a database that holds nothing else.")

    @Option(help: "sqlite:PATH or postgres://…; without it a temporary file.")
    var database: String?

    @Option(help: "How many operations of each kind.")
    var operations = 10_000

    @Option(help: "How many wait at once.")
    var callers = 256

    func run() async throws {
        let file = NSTemporaryDirectory() + "kapture-bench-\(getpid()).db"
        defer { for suffix in ["", "-wal", "-shm"] { unlink(file + suffix) } }
        let address = try Settings.database(database ?? "sqlite:" + file, named: "--database")
        let database = try Database(address)
        try await database.write { connection in
            try connection.execute(
                "CREATE TABLE bench_rows (id BIGINT PRIMARY KEY, key TEXT UNIQUE, n BIGINT NOT NULL)")
            for id in 0..<1000 { try connection.execute("INSERT INTO bench_rows VALUES (\(id), \("k\(id)"), 0)") }
        }
        try await measure(database)
        try await database.write { try $0.execute("DROP TABLE bench_rows") }
    }

    private func measure(_ database: Database) async throws {
        let reader = try PointReader(database, query: "SELECT id, n FROM bench_rows WHERE key = \("")") {
            $0.integer(1)
        }
        try await show("read by key, one by one", callers: 1) { index in
            _ = try await reader.first("k\(index % 1000)")
        }
        try await show("read in a snapshot, one by one", callers: 1) { index in
            try await database.read {
                _ = try $0.first("SELECT n FROM bench_rows WHERE id = \(index % 1000)") { $0.integer(0) }
            }
        }
        try await show("read in a snapshot", callers: callers) { index in
            try await database.read {
                _ = try $0.first("SELECT n FROM bench_rows WHERE id = \(index % 1000)") { $0.integer(0) }
            }
        }
        try await show("write, one by one", callers: 1) { index in
            try await database.write { try Self.insert(index, $0) }
        }
        try await show("write", callers: callers) { index in
            try await database.write { try Self.insert(1_000_000 + index, $0) }
        }
        try await show("grouped write", callers: callers) { index in
            try await database.groupedWrite { try Self.insert(2_000_000 + index, $0) }
        }
    }

    private static func insert(_ index: Int, _ connection: Connection) throws {
        try connection.execute("INSERT INTO bench_rows VALUES (\(10_000 + index), \("w\(index)"), 1)")
    }

    private func show(_ title: String, callers: Int, _ body: @escaping @Sendable (Int) async throws -> Void)
        async throws
    {
        let (operations, started) = (operations, ContinuousClock.now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    for index in stride(from: caller, to: operations, by: callers) { try await body(index) }
                }
            }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - started).seconds
        let each = (seconds / Double(operations) * 1e6).rounded(to: 1)
        Terminal.write("\(title), \(callers) waiting: \(Int(Double(operations) / seconds))/s, \(each) µs each")
    }
}
