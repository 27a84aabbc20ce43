import GRDB
import GRDBSQLite

/// Tells whether anybody committed to a SQLite file, without a system call.
///
/// In WAL mode the shared memory of a database begins with the WAL-index header: 48 bytes that every commit of every
/// process changes, and that SQLite itself compares when a read begins (https://sqlite.org/walformat.html). This looks
/// at them where SQLite has them in memory.
struct CommitMark: Sendable {
    /// The header as it was at one moment. Half of it may be older than the other half, and then it equals no header.
    struct Value: Sendable, Equatable {
        private let front: SIMD4<UInt64>
        private let back: SIMD2<UInt64>

        fileprivate init(_ header: UnsafeRawPointer) {
            front = header.loadUnaligned(as: SIMD4<UInt64>.self)
            back = header.loadUnaligned(fromByteOffset: 32, as: SIMD2<UInt64>.self)
        }
    }

    /// SQLite keeps it mapped for as long as the connection is open. Other processes write there: a mixture of old and
    /// new is expected.
    private nonisolated(unsafe) let header: UnsafeRawPointer

    /// Of the file that `database` has read from; `nil` when it is not in WAL mode. Ends with its connection.
    init?(_ database: GRDB.Database) {
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard let connection = database.sqliteConnection,
            sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK, let file,
            let methods = file.pointee.pMethods, methods.pointee.iVersion >= 2, let map = methods.pointee.xShmMap
        else { return nil }
        var region: UnsafeMutableRawPointer?
        guard map(file, 0, CommitMark.regionBytes, 0, &region) == SQLITE_OK, let region else { return nil }
        header = UnsafeRawPointer(region)
    }

    /// What SQLite maps at a time.
    private static let regionBytes: Int32 = 32 * 1024

    /// Only while the connection is open.
    var now: Value { Value(header) }
}
