import Foundation
import SQL
import TestSupport
import Testing

@Suite("Transactions of SQLite")
struct SQLiteTransactionTests {
    private let folder: TemporaryFolder
    private let database: Database
    private var path: String { folder.path + "/test.db" }

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(sqlite: folder.path + "/test.db")
        try database.write { try $0.execute("CREATE TABLE t (a BIGINT UNIQUE CHECK (a >= 0))") }
    }

    private func count(_ database: Database) throws -> Int64? {
        try database.read { try $0.first("SELECT count(*) FROM t") { $0.integer(0) } }
    }

    @Test("Any error rolls everything back, and arrives as it was thrown")
    func rollback() async throws {
        struct Mine: Error, Equatable { let number: Int }
        #expect(throws: Mine(number: 7)) {
            try database.write { (connection: Connection) throws in
                try connection.execute("INSERT INTO t VALUES (1)")
                throw Mine(number: 7)
            }
        }
        await #expect(throws: Mine(number: 8)) {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                throw Mine(number: 8)
            }
        }
        #expect(try count(database) == 0)
    }

    @Test("A read sees one moment, whatever is committed meanwhile")
    func snapshot() throws {
        let other = try Database(sqlite: path)
        try database.write { try $0.execute("INSERT INTO t VALUES (1)") }
        try database.read { connection in
            let before = try connection.first("SELECT count(*) FROM t") { $0.integer(0) }
            try other.write { try $0.execute("INSERT INTO t VALUES (2)") }
            let after = try connection.first("SELECT count(*) FROM t") { $0.integer(0) }
            #expect((before, after) == (1, 1))
        }
        #expect(try count(database) == 2)
    }

    @Test("A read does not see what is not committed")
    func uncommitted() throws {
        let other = try Database(sqlite: path)
        try database.write { (connection: Connection) throws in
            try connection.execute("INSERT INTO t VALUES (1)")
            #expect(try count(other) == 0)
            #expect(try connection.first("SELECT count(*) FROM t") { $0.integer(0) } == 1)
        }
        #expect(try count(other) == 1)
    }

    @Test("Writers on two connections wait for each other and lose nothing")
    func writers() throws {
        let databases = try (0..<2).map { _ in try Database(sqlite: path) }
        try database.write { try $0.execute("INSERT INTO t VALUES (0)") }
        DispatchQueue.concurrentPerform(iterations: 4) { turn in
            for _ in 0..<25 {
                #expect(throws: Never.self) {
                    try databases[turn % 2].write { connection in
                        let old = try connection.first("SELECT a FROM t") { $0.integer(0) } ?? -1
                        try connection.execute("UPDATE t SET a = \(old + 1)")
                    }
                }
            }
        }
        #expect(try database.read { try $0.first("SELECT a FROM t") { $0.integer(0) } } == 100)
    }

    @Test("Reads and writes that do not block see each other in order")
    func asynchronous() async throws {
        for value in 0..<20 as Range<Int64> {
            try await database.write { try $0.execute("INSERT INTO t VALUES (\(value))") }
            let newest = try await database.read { try $0.first("SELECT max(a) FROM t") { $0.integer(0) } }
            #expect(newest == value)
        }
    }

    @Test("A point reader sees nothing of a write before its commit, also from many threads")
    func pointReader() throws {
        let reader = try PointReader(database, query: "SELECT a FROM t WHERE a = \("")") { $0.integer(0) }
        try database.write { (connection: Connection) throws in
            try connection.execute("INSERT INTO t VALUES (5)")
            #expect(try reader.first("5") == nil)
        }
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            let found = Result { try ["5", "5' OR '1'='1"].map { try reader.first($0) } }
            #expect((try? found.get()) == [5, nil])
        }
    }

    @Test("The writer checks foreign keys, and the file is in WAL mode")
    func settings() throws {
        #expect(try database.writerPragma("foreign_keys") == 1)
        #expect(try database.writerPragma("synchronous") == 2)
        #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    }
}
