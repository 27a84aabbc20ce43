import Foundation
import SQL
import Store
import Synchronization

/// What a test runs on.
package enum TestEngine: String, Sendable, CaseIterable, CustomStringConvertible {
    case sqlite, postgres
    /// PostgreSQL behind a pgbouncer in transaction mode.
    case pgbouncer

    package static let both: [TestEngine] = [.sqlite, .postgres]

    /// What tests run on that name no engine: SQLite, or what `KAPTURE_TEST_ENGINE` says.
    package static let ofRun: TestEngine = {
        let name = ProcessInfo.processInfo.environment["KAPTURE_TEST_ENGINE"] ?? ""
        guard !name.isEmpty else { return .sqlite }
        guard let engine = TestEngine(rawValue: name) else {
            preconditionFailure("KAPTURE_TEST_ENGINE must be sqlite, postgres or pgbouncer, not \(name)")
        }
        return engine
    }()

    package var description: String { rawValue }
}

/// A database of one test's own, removed when the value goes.
package final class TestDatabase: Sendable {
    package let engine: TestEngine
    package let address: DatabaseAddress
    /// The text of `address`, for another process.
    package let url: String
    /// Empty, for whatever else the test writes.
    package let folder: TemporaryFolder
    private let remove: @Sendable () -> Void

    /// An empty database, or one migrated by the real history. `options` are those of CREATE DATABASE on PostgreSQL.
    package init(_ engine: TestEngine, isMigrated: Bool = true, options: String = "") async throws {
        folder = try TemporaryFolder()
        self.engine = engine
        guard engine != .sqlite else {
            url = "sqlite:\(folder.path)/kapture.db"
            address = try DatabaseAddress(url)
            remove = {}
            return
        }
        let server = try await PostgresServer.shared.value
        let template = isMigrated && options.isEmpty ? try await PostgresTemplate.name.value : "template0"
        let name = "test_\(UInt64.random(in: 0...UInt64.max))"
        let administration = try await PostgresTemplate.administration.value
        try await offPool {
            try administration.runAlone(
                Query(text: "CREATE DATABASE \(name) TEMPLATE \(template) STRATEGY file_copy \(options)", values: []))
        }
        // Fewer than the product's, because many tests run at once.
        url = server.url(of: name, isPooled: engine == .pgbouncer, "connections=4")
        address = try DatabaseAddress(url)
        remove = {
            DispatchQueue.global().async {
                try? administration.runAlone(Query(text: "DROP DATABASE \(name) WITH (FORCE)", values: []))
            }
        }
    }

    deinit { remove() }
}

/// What the databases of tests on PostgreSQL are copied from: the real schema, applied once.
private enum PostgresTemplate {
    static let administration = Task {
        let address = try await PostgresServer.shared.value.address(of: "postgres", "connections=4")
        return try await offPool { try Database(address) }
    }

    static let name = Task {
        let administration = try await PostgresTemplate.administration.value
        let server = try await PostgresServer.shared.value
        try await offPool {
            try administration.runAlone("CREATE DATABASE kapture_template TEMPLATE template0")
            let store = try Store(try server.address(of: "kapture_template"))
            try store.close()
        }
        return "kapture_template"
    }
}
