import Foundation
import GRDB

/// A database: one writer and several readers, each read a consistent snapshot.
package struct Database: Sendable {
    private let pool: DatabasePool
    package let path: String

    /// Opens or creates the SQLite file at `path`, in WAL mode, syncing at every commit.
    package init(sqlite path: String, readers: Int = 5) throws(SQLFailure) {
        self.path = path
        pool = try SQLFailure.translating(path) {
            var configuration = Configuration()
            configuration.foreignKeysEnabled = true
            configuration.maximumReaderCount = readers
            configuration.busyMode = .timeout(5)
            let pool = try Database.whileBusy { try DatabasePool(path: path, configuration: configuration) }
            // DatabasePool sets NORMAL on the writer after `prepareDatabase`: a commit must survive a power loss.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
    }

    /// Reads one snapshot; blocks the calling thread, so never call it on the cooperative pool.
    package func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try SQLFailure.rethrowing(path) { try pool.read { try body(Connection(database: $0)) } }
    }

    /// One transaction; blocks the calling thread. A thrown error rolls it back.
    @discardableResult
    package func write<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try SQLFailure.rethrowing(path) { try pool.write { try body(Connection(database: $0)) } }
    }

    /// A write that outwaits other processes which are starting, too; blocks the calling thread.
    @discardableResult
    package func patientWrite<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try Database.whileBusy { try write(body) }
    }

    /// Tries again, for some seconds and at least five times, what other processes keep from its lock. Changing to WAL
    /// does not wait for the busy timeout, so there is a pause between two tries.
    private static func whileBusy<Value>(_ body: () throws -> Value) throws -> Value {
        for _ in 1...5 {
            do {
                return try body()
            } catch let error where isBusy(error) {
                Thread.sleep(forTimeInterval: 0.4)
            }
        }
        return try body()
    }

    private static func isBusy(_ error: any Error) -> Bool {
        if let failure = error as? SQLFailure { return failure == .busy }
        return (error as? DatabaseError)?.resultCode.primaryResultCode == .SQLITE_BUSY
    }

    /// Reads one snapshot without blocking the caller's thread.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await SQLFailure.rethrowing(path) { try await pool.read { try body(Connection(database: $0)) } }
    }

    /// One transaction without blocking the caller's thread. A thrown error rolls it back.
    @discardableResult
    package func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
    {
        try await SQLFailure.rethrowing(path) { try await pool.write { try body(Connection(database: $0)) } }
    }

    /// The value of a pragma on the writer's connection.
    package func writerPragma(_ name: StaticString) throws -> Int64 {
        try pool.writeWithoutTransaction { try Int64.fetchOne($0, sql: "PRAGMA \(name)") ?? 0 }
    }

    /// Waits for running reads and writes, then closes the file.
    package func close() throws {
        try pool.close()
    }
}

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

    private init(_ error: any Error, path: String) {
        guard let error = error as? DatabaseError else {
            self = .unavailable(path: path, reason: String(describing: error))
            return
        }
        let message = error.message ?? "code \(error.resultCode.rawValue)"
        self =
            switch error.resultCode.primaryResultCode {
            case .SQLITE_CONSTRAINT: .constraint(message: message)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_FULL: .full(path: path)
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
                .unavailable(path: path, reason: message)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt(reason: message)
            default: .failed(reason: message)
            }
    }
}
