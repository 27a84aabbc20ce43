import Foundation
import Synchronization

/// PostgreSQL over a pool of blocking connections, with as many threads for callers who must not block.
final class PostgresEngine: Sendable {
    let threads: BlockingThreads
    let feed: ChangeFeed
    private let pool: PostgresPool
    /// Whether `schema_migrations` is there for `RetryLane`.
    private let isMigrated = Mutex(false)

    init(_ address: PostgresAddress) throws(SQLFailure) {
        let pool = PostgresPool(address)
        self.pool = pool
        threads = BlockingThreads(address.connections, name: "kapture-pg")
        feed = ChangeFeed { feed in
            address.isPooled ? PostgresPolling(pool: pool).run(feed) : PostgresListener(address: address).run(feed)
        }
        pool.giveBack(try pool.borrow())
    }

    func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try perform { session, _ in try session.read(body) }
    }

    func write<Value>(_ isolation: Isolation, _ body: (Connection) throws -> Value) throws -> Value {
        try perform(isWrite: true) { session, attempt in
            let usesLane = attempt > 2 && isolation == .serial && isMigrated.withLock { $0 }
            return try session.write(isolation, usesRetryLane: usesLane, body)
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await threads.perform { [self] in try perform { session, _ in try session.read(body) } }
    }

    func write<Value: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        let blocking: @Sendable () throws -> Value = { [self] in try write(isolation, body) }
        return try await threads.perform(blocking)
    }

    /// One reading statement, in a transaction of its own.
    func alone<Value>(_ query: Query, _ body: (borrowing PostgresResult) throws -> Value) throws -> Value {
        try perform { session, _ in try body(try session.run(query)) }
    }

    func runAlone(_ statement: Query) throws {
        try perform { session, _ in _ = try session.runOnce(statement.text, try PostgresParameters(statement)) }
    }

    func noteMigrated() {
        isMigrated.withLock { $0 = true }
    }

    func close() {
        feed.close()
        pool.close()
    }

    /// Runs `work` on a connection, again on another one while what went wrong allows it: a write whenever nothing can be
    /// committed, a read only when its body has seen nothing yet.
    private func perform<Value>(
        isWrite: Bool = false, _ work: (PostgresSession, _ attempt: Int) throws -> Value
    ) throws -> Value {
        var patience = PostgresPatience()
        while true {
            let session = try pool.borrow()
            let outcome = Result { try work(session, patience.attempt) }
            let (trouble, isRepeatable) = (session.trouble, isWrite || !session.hasAnswered)
            pool.giveBack(session)
            guard case .failure(let error) = outcome, let trouble else { return try outcome.get() }
            if trouble.kind == .broken { pool.dropIdle() }
            guard isRepeatable, patience.allowsAnother(after: trouble) else { throw error }
        }
    }
}

/// How long a transaction is tried again.
struct PostgresPatience {
    private(set) var attempt = 1
    private var connections = 1
    private let start = ContinuousClock.now

    private static let longest = Duration.seconds(10)
    /// The pool drops its other connections after the first was found broken, but those in use are broken, too.
    private static let mostConnections = 3

    /// Waits before it says yes to another attempt after a conflict: up to 1, 2, 4 … 64 ms, at random.
    mutating func allowsAnother(after trouble: PostgresTrouble) -> Bool {
        switch trouble.kind {
        case .conflict:
            guard ContinuousClock.now - start < Self.longest else { return false }
            Thread.sleep(forTimeInterval: Double.random(in: 0...1) * Double(1 << min(attempt - 1, 6)) / 1000)
            attempt += 1
            return true
        case .broken:
            connections += 1
            return connections <= Self.mostConnections
        case .brokenInCommit, .other: return false
        }
    }
}
