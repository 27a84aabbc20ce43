import Foundation
import GRDB

/// SQLite: one writer and several readers over one file in WAL mode.
final class SQLiteEngine: Sendable {
    let path: String
    let feed: ChangeFeed
    let groups: GroupCommit
    private let reads: GroupedReads
    private let shortReads: ShortReads
    private let pool: DatabasePool

    /// Opens or creates the file at `path`, in WAL mode, syncing at every commit.
    init(path: String, readers: Int = 5) throws(SQLFailure) {
        self.path = path
        let pool = try SQLFailure.translating(path) {
            var configuration = Configuration()
            configuration.foreignKeysEnabled = true
            configuration.maximumReaderCount = readers
            configuration.busyMode = SQLiteEngine.patience
            let pool = try SQLiteEngine.whileBusy { try DatabasePool(path: path, configuration: configuration) }
            // DatabasePool sets NORMAL on the writer after `prepareDatabase`: a commit must survive a power loss.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
        self.pool = pool
        feed = ChangeFeed { SQLiteWatch(path: path).run($0) }
        groups = GroupCommit(pool: pool, path: path, feed: feed)
        reads = GroupedReads(pool: pool, path: path)
        shortReads = ShortReads(path: path)
    }

    func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try SQLFailure.rethrowing(path) {
            try pool.read { try body(Connection(backend: .sqlite($0), outbox: nil)) }
        }
    }

    func write<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        let outbox = Outbox()
        let value = try SQLFailure.rethrowing(path) {
            try pool.write { try body(Connection(backend: .sqlite($0), outbox: outbox)) }
        }
        feed.tell(outbox.announcements)
        return value
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await reads.read(body)
    }

    /// On the caller's thread, unless many do that already.
    func shortRead<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        let value = try SQLFailure.rethrowing(path) {
            try shortReads.read { try body(Connection(backend: .sqlite($0), outbox: nil)) }
        }
        if let value { return value }
        return try await reads.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        let (value, announcements) = try await SQLFailure.rethrowing(path) {
            try await pool.write { database in
                let outbox = Outbox()
                return (try body(Connection(backend: .sqlite(database), outbox: outbox)), outbox.announcements)
            }
        }
        feed.tell(announcements)
        return value
    }

    /// Waits about five seconds for another process's lock, and looks every millisecond whether it is free: SQLite's own
    /// waiting soon looks ten times a second, and finds it taken by whoever writes one transaction after the other.
    static let patience = GRDB.Database.BusyMode.callback { tries in
        Thread.sleep(forTimeInterval: 0.001)
        return tries < 4500
    }

    /// Of connections outside the pool that only read.
    static var readOnly: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = patience
        return configuration
    }

    /// Tries again, for some seconds and at least five times, what other processes keep from its lock. Changing to WAL
    /// does not wait for the busy timeout, so there is a pause between two tries.
    static func whileBusy<Value>(_ body: () throws -> Value) throws -> Value {
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

    func runAlone(_ statement: Query) throws {
        try SQLFailure.rethrowing(path) { _ = try pool.writeWithoutTransaction { try $0.run(statement) } }
    }

    /// The value of a pragma on the writer's connection.
    func writerPragma(_ name: StaticString) throws -> Int64 {
        try pool.writeWithoutTransaction { try Int64.fetchOne($0, sql: "PRAGMA \(name)") ?? 0 }
    }

    func close() throws {
        feed.close()
        try shortReads.close()
        try pool.close()
    }
}

extension GRDB.Database {
    /// A cached statement with its values bound.
    func prepared(_ query: Query) throws -> Statement {
        let statement = try cachedStatement(sql: query.text)
        if !query.values.isEmpty {
            // Of optional values, because GRDB reads those without a key path for each.
            let values: [(any DatabaseValueConvertible)?] = try query.checkedValues().map { $0.databaseValue }
            statement.setUncheckedArguments(StatementArguments(values))
        }
        return statement
    }

    /// The number of rows changed.
    func run(_ query: Query) throws -> Int {
        do {
            try prepared(query).execute()
            return changesCount
        } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_CONSTRAINT {
            throw SQLFailure.constraint(message: error.message ?? "a constraint")
        }
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        var value: Value?
        try inSavepoint {
            value = try body()
            return .commit
        }
        guard let value else { throw SQLFailure.failed(reason: "a savepoint ended without a value") }
        return value
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .blob(let bytes): bytes.withUnsafeBytes { Data($0).databaseValue }
        }
    }
}
