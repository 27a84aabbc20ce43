import Foundation
import SQL
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/test.db" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func step(_ version: Int, _ statements: String...) -> Migration {
        Migration(version: version, name: "step \(version)", statements: statements)
    }

    private static let history = [
        step(1, "CREATE TABLE a (x BIGINT)"), step(2, "INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)"),
        step(3, "UPDATE a SET x = x * 10"),
    ]

    private func values(_ database: Database) throws -> [Int64] {
        try database.read { try $0.rows("SELECT x FROM a ORDER BY x") { $0.integer(0) } }
    }

    @Test("From whichever version, the history ends the same and is written down", arguments: 0...3)
    func fromAny(_ applied: Int) throws {
        let database = try Database(sqlite: path)
        try database.migrate(Array(Self.history.prefix(applied)))
        try database.migrate(Self.history)
        #expect(try values(database) == [10, 20])
        let names = try database.read {
            try $0.rows("SELECT version, name FROM schema_migrations ORDER BY version") {
                "\($0.integer(0)) \($0.text(1))"
            }
        }
        #expect(names == ["1 step 1", "2 step 2", "3 step 3"])
    }

    @Test("A step that fails leaves nothing of itself, keeps those before, and can be tried again")
    func failing() throws {
        let database = try Database(sqlite: path)
        let broken = Self.step(2, "INSERT INTO a VALUES (1)", "INSERT INTO nowhere VALUES (2)")
        #expect(throws: SQLFailure.failed(reason: "no such table: nowhere")) {
            try database.migrate([Self.history[0], broken, Self.history[2]])
        }
        #expect(try values(database) == [])
        try database.migrate(Self.history)
        #expect(try values(database) == [10, 20])
    }

    @Test("A database of a newer program is refused in words that say what to do, and left alone")
    func newer() throws {
        let database = try Database(sqlite: path)
        try database.migrate(Self.history)
        let failure = #expect(throws: SQLFailure.self) { try database.migrate(Array(Self.history.prefix(2))) }
        #expect(failure == .newerSchema(found: 3, known: 2))
        #expect(
            failure?.description
                == "the database has schema version 3, this program knows up to 2: start the newer program, "
                + "or restore a backup made before the upgrade")
        #expect(try values(database) == [10, 20])
    }

    @Test("Many that open a new file at once run each step once", arguments: 0..<5)
    func together(_ round: Int) throws {
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            #expect(throws: Never.self) {
                let database = try Database(sqlite: path)
                try database.migrate(Self.history)
                #expect(try values(database) == [10, 20])
            }
        }
    }
}
