import Core
import Foundation
import SQL
import TestSupport
import Testing

@Suite("Data folders that cannot be used", .timeLimit(.minutes(2)))
struct DataFolderTests {
    @Test("A read-only data folder names itself and the system's reason", .enabled(if: Held.isPossible))
    func readOnly() async throws {
        let house = try House()
        try FileManager.default.createDirectory(atPath: house.data, withIntermediateDirectories: false)
        chmod(house.data, 0o555)
        defer { chmod(house.data, 0o755) }

        for command in [["publish"], ["serve", "--port", "0"], ["import", RepositoryRoot.path + "/README.md"]] {
            let outcome = try await Program.runHeldBack(command + house.options, in: house.path)
            #expect(outcome.status == 1)
            #expect(
                outcome.complaint
                    == "Error: cannot write to \(house.data): Permission denied; the folder must be writable by the user "
                    + "that runs kapture")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.data).isEmpty)
    }

    @Test("A folder that cannot be created names itself", .enabled(if: Held.isPossible))
    func cannotCreate() async throws {
        let house = try House()
        try FileManager.default.createDirectory(atPath: house.data, withIntermediateDirectories: false)
        chmod(house.data, 0o555)
        defer { chmod(house.data, 0o755) }

        let outcome = try await Program.runHeldBack(["publish", "--data", house.data + "/below/it"], in: house.path)

        #expect(outcome.status == 1)
        #expect(
            outcome.complaint?.hasPrefix("Error: cannot create the folder \(house.data)/below: Permission denied")
                == true)
    }

    @Test("A folder that is missing is made, with those above it, for its owner alone")
    func created() async throws {
        let house = try House()

        let outcome = try await Program.run(["publish", "--data", house.path + "/one/two/three"], in: house.path)

        let mode = try FileManager.default.attributesOfItem(atPath: house.path + "/one/two/three")[.posixPermissions]
        #expect(outcome.status == 0 && (mode as? NSNumber)?.intValue == 0o750)
    }

    @Test("A file where the folder should be is refused")
    func file() async throws {
        let house = try House()
        let file = try house.file("data", "not a folder")

        let outcome = try await house.kapture("publish")

        #expect(outcome.status == 1 && outcome.complaint == "Error: KAPTURE_DATA must be a folder; \(file) is none")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "not a folder")
    }

    @Test("A folder of another user is refused", .enabled(if: geteuid() == 0, "only root can give folders away"))
    func owner() async throws {
        let house = try House()
        try FileManager.default.createDirectory(atPath: house.data, withIntermediateDirectories: false)
        try #require(chown(house.data, 65_534, 65_534) == 0)

        let outcome = try await house.kapture("publish")

        let rule = "must belong to the user that runs kapture; \(house.data) belongs to user id 65534"
        #expect(outcome.status == 1 && outcome.complaint == "Error: KAPTURE_DATA \(rule)")
    }

    /// Marks the database as written by a later version; returns the version that this program knows.
    private func fromTheFuture(_ house: House) throws -> Int64 {
        let database = try Database(sqlite: house.database)
        defer { try? database.close() }
        return try database.write { connection in
            let known = try connection.first("SELECT max(version) FROM schema_migrations") { $0.integer(0) } ?? 0
            try connection.execute("INSERT INTO schema_migrations VALUES (\(Int64(999)), \("from the future"))")
            return known
        }
    }

    /// The schema and what the tables hold.
    private func contents(of house: House) throws -> [String] {
        try house.rows("SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY name")
            + house.rows("SELECT name FROM schema_migrations ORDER BY version")
            + house.rows("SELECT email FROM users ORDER BY email") + house.rows("SELECT id FROM posts ORDER BY id")
            + house.rows("SELECT user_id || revision FROM sites ORDER BY user_id")
    }

    @Test("A database from a newer version is refused by every command, and nothing in it changes")
    func newer() async throws {
        let house = try House()
        try await house.fill()
        let known = try fromTheFuture(house)
        let before = try contents(of: house)

        let file = try house.file("a.jsonl", row("vid00001"))
        for command in [["publish", "--all"], ["serve", "--port", "0"], ["import", file]] {
            let outcome = try await Program.run(command + house.options, in: house.path)
            #expect(outcome.status == 1)
            #expect(
                outcome.complaint
                    == "Error: the database has schema version 999, this program knows up to \(known): start the newer "
                    + "program, or restore a backup made before the upgrade")
        }
        #expect(try contents(of: house) == before && before.count > 30)
    }

    @Test("A file that is no database is reported as damaged and not touched")
    func damaged() async throws {
        let house = try House()
        let text = String(repeating: "this is no database. ", count: 100)
        let file = try house.file("data/kapture.db", text)

        let outcome = try await house.kapture("publish")

        #expect(outcome.status == 1)
        #expect(outcome.complaint == "Error: the database is damaged: file is not a database")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }

    @Test("A sites folder that cannot be written fails the publish and names it", .enabled(if: Held.isPossible))
    func sites() async throws {
        let house = try House()
        try await house.fill()
        try FileManager.default.createDirectory(atPath: house.data + "/sites", withIntermediateDirectories: false)
        chmod(house.data + "/sites", 0o555)
        defer { chmod(house.data + "/sites", 0o755) }

        let outcome = try await Program.runHeldBack(["publish"] + house.options, in: house.path)

        #expect(outcome.status == 1)
        #expect(
            outcome.complaint?.hasPrefix("Error: cannot create the folder \(house.data)/sites/locks: Permission denied")
                == true)
    }
}
