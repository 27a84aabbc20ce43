import GRDB
import Synchronization

/// Reads single rows by key at the lowest cost, outside the pool: read-only connections that keep one statement each.
package final class PointReader: Sendable {
    private let queues: [DatabaseQueue]
    private let turn = Atomic<Int>(0)
    private let text: String
    private let path: String

    /// `query` takes its key as the only value, which is ignored here.
    package init(sqlite path: String, query: Query, connections: Int = 4) throws(SQLFailure) {
        self.path = path
        text = query.text
        queues = try SQLFailure.translating(path) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            return try (0..<connections).map { _ in try DatabaseQueue(path: path, configuration: configuration) }
        }
    }

    /// Closes its connections; nothing can be read any more.
    package func close() throws {
        for queue in queues { try queue.close() }
    }

    /// The row for `key`, mapped; some microseconds of blocking.
    package func first<Value>(_ key: String, _ map: (Row) throws -> Value) throws -> Value? {
        let index = turn.add(1, ordering: .relaxed).newValue & Int.max
        return try SQLFailure.rethrowing(path) {
            try queues[index % queues.count].unsafeRead { database in
                let statement = try database.cachedStatement(sql: text)
                statement.setUncheckedArguments([key])
                let cursor = try GRDB.Row.fetchCursor(statement)
                guard let row = try cursor.next() else { return nil }
                return try map(Row(row: row))
            }
        }
    }
}
