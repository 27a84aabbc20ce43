import GRDB
import Synchronization

/// Reads single rows by key at the lowest cost, the same rows thousands of times a second.
///
/// On SQLite rows are remembered until anybody commits, and read on read-only connections outside the pool that keep one
/// statement each; on PostgreSQL each costs a round trip.
package final class PointReader<Value: Sendable>: Sendable {
    private enum Backend: Sendable {
        case sqlite([DatabaseQueue], path: String)
        case postgres(PostgresEngine)
    }

    private struct Memory {
        /// `nil` when it cannot be known, or the connection is closed.
        var commits: CommitMark?
        var mark: CommitMark.Value?
        /// The rows as they were at `mark`; also keys that have none.
        var rows: [String: Value?] = [:]
    }

    private let backend: Backend
    private let turn = Atomic<Int>(0)
    private let text: String
    private let map: @Sendable (Row) throws -> Value
    private let memory = Mutex(Memory())

    /// `query` takes its key as the only value, which is ignored here.
    package init(
        _ database: Database, query: Query, connections: Int = 4, map: @escaping @Sendable (Row) throws -> Value
    ) throws(SQLFailure) {
        (text, self.map) = (query.text, map)
        switch database.backend {
        case .postgres(let engine): backend = .postgres(engine)
        case .sqlite(let engine):
            let queues = try PointReader.open(engine.path, connections)
            backend = .sqlite(queues, path: engine.path)
            let commits = try SQLFailure.translating(engine.path) { try queues[0].unsafeRead(PointReader.mark) }
            memory.withLock { $0.commits = commits }
        }
    }

    private static func open(_ path: String, _ connections: Int) throws(SQLFailure) -> [DatabaseQueue] {
        try SQLFailure.translating(path) {
            try (0..<connections).map { _ in try DatabaseQueue(path: path, configuration: SQLiteEngine.readOnly) }
        }
    }

    private static func mark(_ database: GRDB.Database) throws -> CommitMark? {
        _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")  // Maps the shared memory.
        return CommitMark(database)
    }

    /// Closes its connections; nothing can be read any more. Those to PostgreSQL are the database's, which closes them.
    package func close() throws {
        guard case .sqlite(let queues, _) = backend else { return }
        memory.withLock { $0 = Memory() }
        for queue in queues { try queue.close() }
    }

    /// Whether `first` takes a few microseconds, as opposed to a trip to a server: then it may be called anywhere.
    package var isInstant: Bool {
        if case .sqlite = backend { true } else { false }
    }

    /// The row for `key`, mapped, as of the last commit before this call. Blocks: for some microseconds, or for a round
    /// trip where it is not `isInstant`.
    package func first(_ key: String) throws -> Value? {
        let (mark, known) = remembered(key)
        if let known { return known }
        let value = try read(key)
        if let mark { remember(value, key, at: mark) }
        return value
    }

    /// As `first`, never blocking the caller's thread for longer than some microseconds.
    package func first(_ key: String) async throws -> Value? {
        guard case .postgres(let engine) = backend else { return try blockingFirst(key) }
        return try await engine.threads.perform { [self] in try blockingFirst(key) }
    }

    private func blockingFirst(_ key: String) throws -> Value? {
        try first(key)
    }

    // MARK: Memory

    /// Rows of which more are not remembered.
    private static var capacity: Int { 20_000 }

    private func remembered(_ key: String) -> (at: CommitMark.Value?, row: Value??) {
        memory.withLock { memory in
            guard let now = memory.commits?.now else { return (nil, nil) }
            if memory.mark != now { (memory.mark, memory.rows) = (now, [:]) }
            return (now, memory.rows[key])
        }
    }

    /// Remembers a row that was read after `mark` was seen: it is at least as new.
    private func remember(_ value: Value?, _ key: String, at mark: CommitMark.Value) {
        memory.withLock { memory in
            guard memory.mark == mark, memory.rows.count < Self.capacity else { return }
            memory.rows.updateValue(value, forKey: key)
        }
    }

    private func read(_ key: String) throws -> Value? {
        switch backend {
        case .sqlite(let queues, let path):
            let index = turn.add(1, ordering: .relaxed).newValue & Int.max
            return try SQLFailure.rethrowing(path) {
                try queues[index % queues.count].unsafeRead { database in
                    let statement = try database.cachedStatement(sql: text)
                    statement.setUncheckedArguments([key])
                    let cursor = try GRDB.Row.fetchCursor(statement)
                    guard let row = try cursor.next() else { return nil }
                    return try map(Row(backend: .sqlite(row)))
                }
            }
        case .postgres(let engine):
            return try engine.alone(Query(text: text, values: [.text(key)])) { result in
                result.count == 0 ? nil : try map(Row(backend: .postgres(result.row(0))))
            }
        }
    }
}
