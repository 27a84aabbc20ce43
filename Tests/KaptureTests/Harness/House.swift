import Core
import Foundation
import SQL
import Store
import TestSupport
import Testing

/// A data folder, and where it is needed a copy of what the program shows, that one test may break.
struct House {
    let folder: TemporaryFolder
    var path: String { folder.path }
    var data: String { path + "/data" }
    var database: String { data + "/kapture.db" }
    /// The options that name the data folder.
    var options: [String] { ["--data", data] }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Writes a file below the house's folder and returns its path.
    @discardableResult
    func file(_ name: String, _ text: String) throws -> String {
        let path = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// A copy of Templates, Public and of Content's pages and plans; returns the options that name it.
    func copyRoot() throws -> [String] {
        let root = path + "/root"
        try FileManager.default.createDirectory(atPath: root + "/Content", withIntermediateDirectories: true)
        for name in ["Templates", "Public", "Content/Pages", "Content/Plans"] {
            try FileManager.default.copyItem(atPath: "\(RepositoryRoot.path)/\(name)", toPath: "\(root)/\(name)")
        }
        return options + ["--root", root]
    }

    /// Replaces a text that the copied file must hold.
    func edit(_ name: String, _ old: String, _ new: String) throws {
        let file = "\(path)/root/\(name)"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let place = try #require(text.range(of: old), "\(name) does not hold \(old)")
        try Data(text.replacingCharacters(in: place, with: new).utf8).write(to: URL(fileURLWithPath: file))
    }

    /// Creators with three trends and an ideaboard each.
    @discardableResult
    func fill(creators: [String] = ["mara@example.com", "noor@example.com"]) async throws -> [UserID] {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let (store, start) = (try Store(sqlite: database), StoreFixture.start)
        var users: [UserID] = []
        for email in creators {
            let new = NewUser(email: email, name: nil, password: PasswordHash(encoded: "none"), isOperator: false)
            let user = try #require(try await store.createUser(new, now: start))
            _ = try store.createWatchlist("All", rule: .everything, for: user, now: start)
            _ = try store.createIdeaboard("Plan", content: "# Hook", for: user, now: start)
            users.append(user)
        }
        let seen = ["a", "b", "c"].map { Observation.video($0, views: 10, at: start) }
        _ = try store.fanOut(try store.store(seen), to: nil, now: start)
        try store.close()
        return users
    }

    /// What a statement gives, a text a row.
    func rows(_ query: Query) throws -> [String] {
        let database = try Database(sqlite: database)
        defer { try? database.close() }
        return try database.read { try $0.rows(query) { $0.text(0) } }
    }

    /// Every column of the database, and every file below the data folder's sites, in which `text` stands anywhere.
    func places(holding text: String) throws -> [String] {
        let columns = try rows(
            """
            SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' ORDER BY 1
            """)
        let found = try columns.filter { column in
            let parts = column.split(separator: ".").map { Query(stringLiteral: "\"\($0)\"") }
            let query: Query = "SELECT '' FROM \(parts[0]) WHERE instr(CAST(\(parts[1]) AS TEXT), \(text)) > 0 LIMIT 1"
            return try !rows(query).isEmpty
        }
        let files = FileManager.default.enumerator(atPath: data + "/sites")?.compactMap { $0 as? String } ?? []
        return found
            + files.filter { file in
                FileManager.default.contents(atPath: "\(data)/sites/\(file)")?.range(of: Data(text.utf8)) != nil
            }
    }

    func kapture(_ arguments: String..., environment: [String: String] = [:]) async throws -> Program.Outcome {
        try await Program.run(arguments + options, in: path, environment: environment)
    }
}

extension Program.Outcome {
    /// The last line of standard error, which says what went wrong.
    var complaint: String? { errors.split(separator: "\n").last.map(String.init) }
}

/// An item that any import knows, seen on a day of its own.
func row(_ id: String, views: Int = 5) -> String {
    #"{"video_id":"\#(id)","country":"US","observed_at":"2026-08-13","title":"Video \#(id)","views":\#(views)}"#
}
