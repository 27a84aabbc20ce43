/// A database of either engine. Each read is one consistent snapshot, each write one transaction.
///
/// Operations without `async` block the calling thread, so they never belong on the cooperative pool; those with `async`
/// work on threads of the database's own. On PostgreSQL the body of a write runs again when the work of others got in the
/// way, or when the connection broke before the commit began: it must change nothing but the database. The body of a read
/// runs again only when the connection turned out broken before the first answer.
package struct Database: Sendable {
    enum Backend: Sendable {
        case sqlite(SQLiteEngine)
        case postgres(PostgresEngine)
    }

    let backend: Backend
    package let address: DatabaseAddress

    /// Opens a database: creates a missing SQLite file, and connects to PostgreSQL once to see that it answers.
    package init(_ address: DatabaseAddress) throws(SQLFailure) {
        self.address = address
        switch address {
        case .sqlite(let path): backend = .sqlite(try SQLiteEngine(path: path))
        case .postgres(let server): backend = .postgres(try PostgresEngine(server))
        }
    }

    /// Opens or creates the SQLite file at `path`.
    package init(sqlite path: String) throws(SQLFailure) {
        try self.init(.sqlite(path: path))
    }

    package var engine: Engine { address.engine }

    /// Reads one snapshot.
    package func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        switch backend {
        case .sqlite(let engine): try engine.read(body)
        case .postgres(let engine): try engine.read(body)
        }
    }

    /// One transaction. A thrown error rolls it back.
    @discardableResult
    package func write<Value>(
        _ isolation: Isolation = .serial, _ body: (Connection) throws -> Value
    ) throws -> Value {
        switch backend {
        case .sqlite(let engine): try engine.write(body)
        case .postgres(let engine): try engine.write(isolation, body)
        }
    }

    /// A write that outwaits other processes which are starting, too.
    @discardableResult
    package func patientWrite<Value>(
        _ isolation: Isolation = .serial, _ body: (Connection) throws -> Value
    ) throws -> Value {
        switch backend {
        case .sqlite(let engine): try SQLiteEngine.whileBusy { try engine.write(body) }
        case .postgres(let engine): try engine.write(isolation, body)
        }
    }

    /// Reads one snapshot without blocking the caller's thread.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        switch backend {
        case .sqlite(let engine): try await engine.read(body)
        case .postgres(let engine): try await engine.read(body)
        }
    }

    /// As `read`, for a few rows found by their keys: on SQLite that takes microseconds, less than a change of thread, and
    /// happens on the caller's own.
    package func shortRead<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        switch backend {
        case .sqlite(let engine): try await engine.shortRead(body)
        case .postgres(let engine): try await engine.read(body)
        }
    }

    /// One transaction without blocking the caller's thread. A thrown error rolls it back.
    @discardableResult
    package func write<Value: Sendable>(
        _ isolation: Isolation = .serial, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        switch backend {
        case .sqlite(let engine): try await engine.write(body)
        case .postgres(let engine): try await engine.write(isolation, body)
        }
    }

    /// As `write`, for callers of whom many wait for the disk at once: on SQLite each is a savepoint in a batch of at most
    /// 100 writes or 2 ms that is synced once, and is answered after that; one that throws undoes only itself.
    @discardableResult
    package func groupedWrite<Value: Sendable>(
        _ isolation: Isolation = .serial, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        switch backend {
        case .sqlite(let engine): try await engine.groups.write(body)
        case .postgres(let engine): try await engine.write(isolation, body)
        }
    }

    /// Runs one statement that cannot stand in a transaction, such as `VACUUM`.
    package func runAlone(_ statement: Query) throws {
        switch backend {
        case .sqlite(let engine): try engine.runAlone(statement)
        case .postgres(let engine): try engine.runAlone(statement)
        }
    }

    /// The value of a pragma on the writer's connection; `nil` on PostgreSQL.
    package func writerPragma(_ name: StaticString) throws -> Int64? {
        guard case .sqlite(let engine) = backend else { return nil }
        return try engine.writerPragma(name)
    }

    /// Tells what is committed from now on, until the task that iterates is cancelled or the database closed.
    ///
    /// The first element comes as soon as the feed stands, and asks for a look. What `Connection.announce` names comes
    /// within milliseconds: on PostgreSQL from every process, on SQLite from this one; writes of other SQLite processes,
    /// and all writes behind pgbouncer, are seen every 250 ms, and only as `isIncomplete`. Announcements that are not
    /// taken yet are kept, each once. Every call has a feed of its own, for one iterating task.
    package func changes() -> AsyncStream<Changes> {
        switch backend {
        case .sqlite(let engine): engine.feed.changes()
        case .postgres(let engine): engine.feed.changes()
        }
    }

    /// Waits for running reads and writes, then closes the database.
    package func close() throws {
        switch backend {
        case .sqlite(let engine): try engine.close()
        case .postgres(let engine): engine.close()
        }
    }
}
