import GRDB
import Synchronization

/// Reads of a few rows on the caller's own thread, on read-only connections outside the pool: they cost no change of
/// thread, which would be several times the work of the read.
final class ShortReads: Sendable {
    /// A connection and who uses it; none once it is closed.
    private final class Lane: Sendable {
        let connection: Mutex<DatabaseQueue?>

        init(_ connection: DatabaseQueue) {
            self.connection = Mutex(connection)
        }
    }

    /// As many as there are threads that run tasks on a small machine, and some for those that are put aside meanwhile.
    private static let count = 4

    private let lanes: [Lane]

    /// Of the file at `path`, which exists and is in WAL mode.
    init(path: String) throws(SQLFailure) {
        lanes = try SQLFailure.translating(path) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = SQLiteEngine.patience
            return try (0..<Self.count).map { _ in Lane(try DatabaseQueue(path: path, configuration: configuration)) }
        }
    }

    /// The value of `body` in a snapshot that begins now; `nil` when every connection is in use or closed.
    func read<Value: Sendable>(_ body: (GRDB.Database) throws -> Value) throws -> Value? {
        for lane in lanes {
            let value = try lane.connection.withLockIfAvailable { try $0?.read(body) } ?? nil
            if let value { return value }
        }
        return nil
    }

    /// Waits for running reads.
    func close() throws {
        for lane in lanes {
            try lane.connection.withLock { connection in
                try connection?.close()
                connection = nil
            }
        }
    }
}
