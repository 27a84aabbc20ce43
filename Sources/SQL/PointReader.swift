import GRDB
import Synchronization

/// Reads single rows by key at the lowest cost: on SQLite on read-only connections outside the pool that keep one statement
/// each, on PostgreSQL in one round trip.
package final class PointReader: Sendable {
    private enum Backend: Sendable {
        case sqlite([DatabaseQueue], path: String)
        case postgres(PostgresEngine)
    }

    private let backend: Backend
    private let turn = Atomic<Int>(0)
    private let text: String

    /// `query` takes its key as the only value, which is ignored here.
    package init(_ database: Database, query: Query, connections: Int = 4) throws(SQLFailure) {
        text = query.text
        switch database.backend {
        case .postgres(let engine): backend = .postgres(engine)
        case .sqlite(let engine):
            let path = engine.path
            backend = .sqlite(
                try SQLFailure.translating(path) {
                    var configuration = Configuration()
                    configuration.readonly = true
                    configuration.busyMode = .timeout(5)
                    return try (0..<connections).map { _ in try DatabaseQueue(path: path, configuration: configuration)
                    }
                }, path: path)
        }
    }

    /// Closes its connections; nothing can be read any more. Those to PostgreSQL are the database's, which closes them.
    package func close() throws {
        guard case .sqlite(let queues, _) = backend else { return }
        for queue in queues { try queue.close() }
    }

    /// Whether `first` takes a few microseconds, as opposed to a trip to a server: then it may be called anywhere.
    package var isInstant: Bool {
        if case .sqlite = backend { true } else { false }
    }

    /// The row for `key`, mapped. Blocks: for some microseconds, or for a round trip where it is not `isInstant`.
    package func first<Value>(_ key: String, _ map: (Row) throws -> Value) throws -> Value? {
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

    /// As `first`, never blocking the caller's thread for longer than some microseconds.
    package func first<Value: Sendable>(_ key: String, _ map: @escaping @Sendable (Row) throws -> Value) async throws
        -> Value?
    {
        guard case .postgres(let engine) = backend else { return try blockingFirst(key, map) }
        return try await engine.threads.perform { [self] in try blockingFirst(key, map) }
    }

    private func blockingFirst<Value>(_ key: String, _ map: (Row) throws -> Value) throws -> Value? {
        try first(key, map)
    }
}
