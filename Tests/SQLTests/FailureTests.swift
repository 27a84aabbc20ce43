import Foundation
import SQL
import TestSupport
import Testing

/// Each way in which a database fails, as the caller sees it.
@Suite("Database failures")
struct FailureTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/test.db" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func refusal(_ body: () throws -> Void) -> SQLFailure? {
        #expect(throws: SQLFailure.self) { try body() }
    }

    @Test("A broken rule of the schema is a refused write that names it")
    func constraints() throws {
        let database = try Database(sqlite: path)
        try database.write { connection in
            try connection.execute("CREATE TABLE p (id BIGINT PRIMARY KEY)")
            try connection.execute("CREATE TABLE c (p BIGINT NOT NULL REFERENCES p (id), n BIGINT CHECK (n >= 0))")
            try connection.execute("INSERT INTO p VALUES (1)")
        }
        let refused: [(Query, String)] = [
            ("INSERT INTO p VALUES (1)", "UNIQUE"), ("INSERT INTO c VALUES (2, 0)", "FOREIGN KEY"),
            ("INSERT INTO c VALUES (1, -1)", "CHECK"), ("INSERT INTO c VALUES (\(SQLValue.null), 0)", "NOT NULL"),
        ]
        for (query, rule) in refused {
            let failure = refusal { _ = try database.write { try $0.execute(query) } }
            guard case .constraint(let message) = failure else {
                Issue.record("\(query.text) gave \(String(describing: failure))")
                continue
            }
            #expect(message.contains(rule))
        }
    }

    @Test("A statement that is wrong says why")
    func wrongStatement() throws {
        let database = try Database(sqlite: path)
        let failure = refusal { _ = try database.write { try $0.execute("SELECT * FROM nowhere") } }
        #expect(failure == .failed(reason: "no such table: nowhere"))
    }

    @Test("A full disk is named, nothing was changed, and with space it goes on")
    func full() throws {
        let database = try Database(sqlite: path)
        try database.write { try $0.execute("CREATE TABLE t (a BYTEA)") }
        try database.write { _ = try $0.first("PRAGMA max_page_count = 20") { $0.integer(0) } }
        let blob = [UInt8](repeating: 7, count: 1 << 20)

        let failure = refusal { _ = try database.write { try $0.execute("INSERT INTO t VALUES (\(blob))") } }

        #expect(failure == .full(path: path))
        #expect(failure?.description.contains("no space left") == true)
        #expect(try database.read { try $0.first("SELECT count(*) FROM t") { $0.integer(0) } } == 0)
        try database.write { _ = try $0.first("PRAGMA max_page_count = 100000") { $0.integer(0) } }
        #expect(throws: Never.self) { try database.write { try $0.execute("INSERT INTO t VALUES (\(blob))") } }
    }

    @Test("A file that is no database is damaged, not overwritten")
    func noDatabase() throws {
        let text = String(repeating: "This is a letter, not a database. ", count: 200)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let failure = refusal { _ = try Database(sqlite: path) }
        guard case .corrupt = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test("A path that cannot be opened is named", arguments: ["/nonexistent/a.db", "/proc/a.db", "."])
    func unavailable(_ place: String) throws {
        let place = place == "." ? folder.path : place
        let failure = refusal { _ = try Database(sqlite: place) }
        guard case .unavailable(let path, let reason) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(path == place && !reason.isEmpty)
        #expect(failure?.description.contains(place) == true)
    }

    @Test("A lock that another process keeps is busy after five seconds, not for ever")
    func busy() async throws {
        let (holder, other) = (try Database(sqlite: path), try Database(sqlite: path))
        try await holder.write { try $0.execute("CREATE TABLE t (a BIGINT)") }
        let (held, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        Thread {
            try? holder.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                held.signal()
                release.wait()
            }
            held.signal()
        }.start()
        await DispatchQueue.waiting(for: held)

        await #expect(throws: SQLFailure.busy) {
            try await other.write { try $0.execute("INSERT INTO t VALUES (2)") }
        }
        #expect(try await other.read { try $0.first("SELECT count(*) FROM t") { $0.integer(0) } } == 0)

        release.signal()
        await DispatchQueue.waiting(for: held)
        await #expect(throws: Never.self) { try await other.write { try $0.execute("INSERT INTO t VALUES (2)") } }
    }
}

extension DispatchQueue {
    /// Waits on a thread of its own, so that no other test is held up.
    static func waiting(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            Thread {
                semaphore.wait()
                continuation.resume()
            }.start()
        }
    }
}
