import GRDB
import Glibc

extension SQLFailure {
    static func translating<Value>(_ path: String, _ body: () throws -> Value) throws(SQLFailure) -> Value {
        do {
            return try body()
        } catch let failure as SQLFailure {
            throw failure
        } catch {
            throw SQLFailure(error, path: path)
        }
    }

    static func rethrowing<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw SQLFailure(error, path: path)
        }
    }

    static func rethrowing<Value>(_ path: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw SQLFailure(error, path: path)
        }
    }

    init(_ error: any Error, path: String) {
        guard let error = error as? DatabaseError else {
            self = error as? SQLFailure ?? .unavailable(path: path, reason: String(describing: error))
            return
        }
        let message = error.message ?? "code \(error.resultCode.rawValue)"
        self =
            switch error.resultCode.primaryResultCode {
            case .SQLITE_CONSTRAINT: .constraint(message: message)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_FULL: .full(path: path)
            case .SQLITE_IOERR where SQLFailure.isDiskFull(at: path): .full(path: path)
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
                .unavailable(path: path, reason: message)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt(reason: message)
            default: .failed(reason: message)
            }
    }

    /// Opening a database on a disk without a free byte is an input and output error to SQLite, not a full disk.
    private static func isDiskFull(at path: String) -> Bool {
        var status = statvfs()
        return statvfs(path, &status) == 0 && status.f_bavail == 0
    }
}
