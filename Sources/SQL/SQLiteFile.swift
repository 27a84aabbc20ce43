import Foundation
import GRDB

/// A SQLite database as a file: what is done to it as a whole, outside of any `Database`. All of it blocks.
package enum SQLiteFile {
    /// What SQLite puts beside a database's file; it belongs to that file alone, and to no other of the same name.
    package static let companions = ["-journal", "-wal", "-shm"]

    /// Writes a copy of `source` as it is at one moment to the new file `target`, while others go on writing. Nothing but
    /// that one file is left, synced to the disk.
    package static func copy(_ source: String, to target: String) throws {
        try SQLFailure.rethrowing(source) {
            try requireFile(source)
            let reader = try DatabaseQueue(path: source, configuration: configuration())
            let writer = try DatabaseQueue(path: target, configuration: configuration())
            // All pages in one step: one read snapshot, which writers in WAL mode do not wait for.
            try reader.backup(to: writer)
            try settle(writer)
            try writer.close()
            try reader.close()
        }
        try sync(target)
    }

    /// What is wrong with the file: damage, and rows that point at nothing; empty when all is well.
    package static func problems(_ path: String, isThorough: Bool) throws -> [String] {
        try SQLFailure.rethrowing(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration(isReadonly: true))
            defer { try? queue.close() }
            return try queue.read { database in
                let check = isThorough ? "integrity_check" : "quick_check"
                let found = try String.fetchAll(database, sql: "PRAGMA \(check)(20)").filter { $0 != "ok" }
                let dangling = try GRDB.Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20)
                return found + dangling.map { "a row of \($0[0] as String? ?? "") points at nothing" }
            }
        }
    }

    /// The schema's version; 0 for a database that no migration has touched.
    package static func schemaVersion(_ path: String) throws -> Int {
        try SQLFailure.rethrowing(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration(isReadonly: true))
            defer { try? queue.close() }
            return try queue.read { database in
                guard try database.tableExists("schema_migrations") else { return 0 }
                return try Int.fetchOne(database, sql: "SELECT max(version) FROM schema_migrations") ?? 0
            }
        }
    }

    /// Brings all of a database into its one file, and runs a statement on it. Throws `busy` when anybody else has it
    /// open.
    package static func alone(_ path: String, _ statement: Query? = nil) throws {
        try SQLFailure.rethrowing(path) {
            try requireFile(path)
            var configuration = configuration()
            configuration.busyMode = .immediateError
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            try settle(queue)
            if let statement {
                try queue.write { _ = try Connection(backend: .sqlite($0), outbox: nil).execute(statement) }
            }
        }
        try sync(path)
    }

    /// Leaves WAL mode, which only the last connection can, and which the next opening of a `Database` enters again.
    private static func settle(_ queue: DatabaseQueue) throws {
        let mode = try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
        guard mode == "delete" else { throw SQLFailure.busy }
    }

    /// SQLite would make a file that is not there.
    private static func requireFile(_ path: String) throws {
        guard access(path, F_OK) == 0 else { throw SQLFailure.unavailable(path: path, reason: "there is no such file") }
    }

    private static func configuration(isReadonly: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadonly
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = false
        return configuration
    }

    private static func sync(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SQLFailure.unavailable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        guard fsync(file) == 0 else {
            throw SQLFailure.unavailable(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
