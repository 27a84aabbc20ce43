import GRDB

/// One database connection inside a transaction. Valid only within the closure that received it.
package struct Connection {
    enum Backend {
        case sqlite(GRDB.Database)
        case postgres(PostgresSession)
    }

    let backend: Backend
    /// What this write announces once it is committed; `nil` in a read.
    let outbox: Outbox?

    package var engine: Engine {
        switch backend {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    /// Runs a statement and returns the number of rows it changed.
    @discardableResult
    package func execute(_ query: Query) throws -> Int {
        switch backend {
        case .sqlite(let database): try database.run(query)
        case .postgres(let session): try session.run(query).changedRows
        }
    }

    /// Every row, mapped, in the statement's order.
    package func rows<Value>(_ query: Query, _ map: (Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try forEach(query) { values.append(try map($0)) }
        return values
    }

    /// Calls `body` for each row in the statement's order; the row is valid only during the call.
    package func forEach(_ query: Query, _ body: (Row) throws -> Void) throws {
        switch backend {
        case .sqlite(let database):
            let cursor = try GRDB.Row.fetchCursor(try database.prepared(query))
            while let row = try cursor.next() { try body(Row(backend: .sqlite(row))) }
        case .postgres(let session):
            let result = try session.run(query)
            for index in 0..<result.count { try body(Row(backend: .postgres(result.row(index)))) }
        }
    }

    /// The first row, mapped, or `nil` when there is none.
    package func first<Value>(_ query: Query, _ map: (Row) throws -> Value) throws -> Value? {
        switch backend {
        case .sqlite(let database):
            let cursor = try GRDB.Row.fetchCursor(try database.prepared(query))
            guard let row = try cursor.next() else { return nil }
            return try map(Row(backend: .sqlite(row)))
        case .postgres(let session):
            let result = try session.run(query)
            return result.count == 0 ? nil : try map(Row(backend: .postgres(result.row(0))))
        }
    }

    /// As `forEach`, holding only a few hundred rows in memory on either engine: for results of any size.
    package func stream(_ query: Query, _ body: (Row) throws -> Void) throws {
        guard case .postgres(let session) = backend else { return try forEach(query, body) }
        try session.stream(query) { try body(Row(backend: .postgres($0))) }
    }

    /// Runs `body` so that its error undoes what it wrote, and nothing else of this transaction.
    @discardableResult
    package func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        let announced = outbox?.announcements.count ?? 0
        do {
            switch backend {
            case .sqlite(let database): return try database.savepoint(body)
            case .postgres(let session): return try session.savepoint(body)
            }
        } catch {
            outbox?.announcements.removeLast((outbox?.announcements.count ?? 0) - announced)
            throw error
        }
    }

    /// Waits until no other transaction holds the lock of this name, and holds it until this one ends. Take it first, in
    /// a write with `Isolation.rows`. On SQLite there is nothing to wait for: a write is alone.
    package func lock(_ name: String) throws {
        guard engine == .postgres else { return }
        try execute("SELECT pg_advisory_xact_lock(hashtextextended(\(name), 0))")
    }

    /// Tells those who iterate `Database.changes()`, in every process, once this write is committed. The payload is a few
    /// ids: at most 7,000 bytes.
    package func announce(_ topic: Topic, _ payload: String = "") throws {
        guard let outbox else { throw SQLFailure.failed(reason: "a read cannot announce \(topic.name)") }
        guard payload.utf8.count <= 7000, !payload.utf8.contains(0) else {
            throw SQLFailure.failed(reason: "an announcement of \(topic.name) is too long or contains a NUL character")
        }
        outbox.announcements.append(Announcement(topic: topic, payload: payload))
    }
}
