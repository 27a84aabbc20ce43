/// What went wrong in the database, shaped by what the caller can do about it.
package enum SQLFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// A unique index, foreign key or CHECK refused the write.
    case constraint(message: String)
    /// Others held the lock, or got in the way again and again, for longer than a write waits.
    case busy
    /// The file or its folder cannot be written or read; the server cannot be reached.
    case unavailable(path: String, reason: String)
    /// The disk is full.
    case full(path: String)
    /// The schema was written by a later version of the program.
    case newerSchema(found: Int, known: Int)
    /// The connection broke while the commit was under way: it may have happened or not. Look before doing it again.
    case outcomeUnknown(reason: String)
    /// A text with a NUL character, which PostgreSQL cannot store; `parameter` counts from 1.
    case nulCharacter(parameter: Int, statement: String)
    case corrupt(reason: String)
    case failed(reason: String)

    package var description: String {
        switch self {
        case .constraint(let message): "the database refused the write: \(message)"
        case .busy: "the database is busy with the work of others; try again"
        case .unavailable(let path, let reason): "the database \(path) cannot be used: \(reason)"
        case .full(let path): "no space left on the disk that holds the database \(path); what was stored before stays"
        case .newerSchema(let found, let known):
            "the database has schema version \(found), this program knows up to \(known): start the newer program, "
                + "or restore a backup made before the upgrade"
        case .outcomeUnknown(let reason):
            "the connection broke during the commit, which may have happened or not; look before trying again: \(reason)"
        case .nulCharacter(let parameter, let statement):
            "value \(parameter) of \"\(statement.prefix(60))\" contains a NUL character (U+0000), which cannot be stored"
        case .corrupt(let reason): "the database is damaged: \(reason)"
        case .failed(let reason): "the database reports: \(reason)"
        }
    }
}
