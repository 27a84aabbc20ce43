/// What went wrong in the database, shaped by what the caller can do about it.
package enum SQLFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// A unique index, foreign key or CHECK refused the write.
    case constraint(message: String)
    /// Another process holds the lock for longer than the busy timeout.
    case busy
    /// The file or its folder cannot be written or read.
    case unavailable(path: String, reason: String)
    /// The disk is full.
    case full(path: String)
    /// The schema was written by a later version of the program.
    case newerSchema(found: Int, known: Int)
    case corrupt(reason: String)
    case failed(reason: String)

    package var description: String {
        switch self {
        case .constraint(let message): "the database refused the write: \(message)"
        case .busy: "the database is locked by another process; try again"
        case .unavailable(let path, let reason): "cannot open the database \(path): \(reason)"
        case .full(let path): "no space left on the disk that holds the database \(path); nothing was changed"
        case .newerSchema(let found, let known):
            "the database has schema version \(found), this program knows up to \(known): start the newer program, "
                + "or restore a backup made before the upgrade"
        case .corrupt(let reason): "the database file is damaged: \(reason)"
        case .failed(let reason): "the database reports: \(reason)"
        }
    }
}
