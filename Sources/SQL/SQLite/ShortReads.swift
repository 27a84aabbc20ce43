import GRDB
import Synchronization

/// Reads of a few rows on the caller's own thread, on read-only connections outside the pool: they cost no change of
/// thread, which would be several times the work of the read.
final class ShortReads: Sendable {
    /// A connection and who uses it.
    private final class Lane: Sendable {
        let connection = Mutex<DatabaseQueue?>(nil)
    }

    /// As many as there are threads that run tasks on a small machine, and some for those that are put aside meanwhile.
    private static let count = 4

    private let path: String
    private let lanes = (0..<ShortReads.count).map { _ in Lane() }
    private let isClosed = Atomic(false)

    /// Of the file at `path`, which exists and is in WAL mode.
    init(path: String) {
        self.path = path
    }

    /// The value of `body` in a snapshot that begins now; `nil` when every connection is in use or closed.
    func read<Value: Sendable>(_ body: (GRDB.Database) throws -> Value) throws -> Value? {
        for lane in lanes {
            let value = try lane.connection.withLockIfAvailable { try opened(&$0)?.read(body) } ?? nil
            if let value { return value }
        }
        return nil
    }

    /// Opens a connection that nobody needed before.
    private func opened(_ connection: inout DatabaseQueue?) throws -> DatabaseQueue? {
        guard connection == nil, !isClosed.load(ordering: .acquiring) else { return connection }
        connection = try DatabaseQueue(path: path, configuration: SQLiteEngine.readOnly)
        return connection
    }

    /// Waits for running reads.
    func close() throws {
        isClosed.store(true, ordering: .releasing)
        for lane in lanes {
            try lane.connection.withLock { connection in
                try connection?.close()
                connection = nil
            }
        }
    }
}
