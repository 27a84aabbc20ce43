import SQL
import TestSupport
import Testing

/// What is written is what is read.
@Suite("Column values")
struct ColumnValueTests {
    private let folder: TemporaryFolder
    private let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(sqlite: folder.path + "/test.db")
        try database.write {
            try $0.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, i BIGINT, r DOUBLE PRECISION, s TEXT, b BYTEA)")
        }
    }

    @Test("Integers keep all 64 bits", arguments: [0, -1, .max, .min, 1 << 53 + 1] as [Int64])
    func integers(_ value: Int64) throws {
        try database.write { try $0.execute("INSERT INTO t (id, i) VALUES (1, \(value))") }
        #expect(try database.read { try $0.first("SELECT i FROM t") { $0.integer(0) } } == value)
    }

    @Test("Real numbers keep every bit", arguments: [0.1, 1e300, .leastNonzeroMagnitude, 8.2] as [Double])
    func reals(_ value: Double) throws {
        try database.write { try $0.execute("INSERT INTO t (id, r) VALUES (1, \(value))") }
        let read = try #require(try database.read { try $0.first("SELECT r FROM t") { $0.real(0) } })
        #expect(read.bitPattern == value.bitPattern)
    }

    @Test(
        "Text keeps every character",
        arguments: [
            "", "a", "'", "ü\u{202E}\u{200B}", "👩‍🚀", "\r\n\t", String(repeating: "日", count: 100_000),
        ])
    func texts(_ value: String) throws {
        try database.write { try $0.execute("INSERT INTO t (id, s) VALUES (1, \(value))") }
        let read = try #require(try database.read { try $0.first("SELECT s FROM t WHERE s = \(value)") { $0.text(0) } })
        #expect(Array(read.utf8) == Array(value.utf8))
    }

    @Test("Bytes keep their length and every value", arguments: [[], [0], Array(0...255)] as [[UInt8]])
    func blobs(_ value: [UInt8]) throws {
        try database.write { try $0.execute("INSERT INTO t (id, b) VALUES (1, \(value))") }
        #expect(try database.read { try $0.first("SELECT b FROM t") { try $0.withBlob(0) { [UInt8]($0) } } } == value)
    }

    @Test("NULL is no value of any kind")
    func nulls() throws {
        try database.write { try $0.execute("INSERT INTO t (id) VALUES (1)") }
        try database.read { (connection: Connection) throws in
            _ = try connection.first("SELECT i, r, s, b FROM t") { (row: Row) throws in
                #expect(row.optionalInteger(0) == nil && row.optionalReal(1) == nil && row.optionalText(2) == nil)
                #expect(try row.withBlob(3) { $0.count } == 0)
            }
        }
    }

    @Test("Rows come in the statement's order, the first is the first, and no row is nil")
    func order() throws {
        try database.write { (connection: Connection) throws in
            for id in 1...5 { try connection.execute("INSERT INTO t (id, i) VALUES (\(id), \(id % 2))") }
        }
        try database.read { (connection: Connection) throws in
            #expect(try connection.rows("SELECT id FROM t ORDER BY id DESC") { $0.integer(0) } == [5, 4, 3, 2, 1])
            #expect(try connection.first("SELECT id FROM t ORDER BY id DESC") { $0.integer(0) } == 5)
            #expect(try connection.first("SELECT id FROM t WHERE id > 5") { $0.integer(0) } == nil)
            #expect(try connection.rows("SELECT id FROM t WHERE i = \(true)") { $0.integer(0) } == [1, 3, 5])
        }
    }

    @Test("A statement tells how many rows it changed")
    func changes() throws {
        try database.write { (connection: Connection) throws in
            for id in 1...5 { #expect(try connection.execute("INSERT INTO t (id) VALUES (\(id))") == 1) }
            #expect(try connection.execute("UPDATE t SET i = 1 WHERE id > 2") == 3)
            #expect(try connection.execute("UPDATE t SET i = 1 WHERE id > 9") == 0)
            #expect(try connection.execute("INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO NOTHING") == 0)
            #expect(try connection.rows("DELETE FROM t WHERE id < 3 RETURNING id") { $0.integer(0) } == [1, 2])
        }
    }

    @Test("An error in the middle of rows ends the reading and arrives unchanged")
    func interrupted() throws {
        struct Enough: Error {}
        try database.write { (connection: Connection) throws in
            for id in 1...5 { try connection.execute("INSERT INTO t (id) VALUES (\(id))") }
        }
        var seen = 0
        #expect(throws: Enough.self) {
            try database.read { (connection: Connection) throws in
                try connection.forEach("SELECT id FROM t ORDER BY id") { _ in
                    seen += 1
                    if seen == 2 { throw Enough() }
                }
            }
        }
        #expect(seen == 2)
        #expect(try database.read { try $0.first("SELECT count(*) FROM t") { $0.integer(0) } } == 5)
    }
}
