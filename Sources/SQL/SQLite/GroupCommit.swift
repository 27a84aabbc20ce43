import DequeModule
import GRDB
import Synchronization

/// Writes of many callers in one commit: what waits when the writer is free is written as savepoints of one transaction,
/// synced once, then answered. While the disk syncs, the next batch gathers; nobody waits for a batch to fill.
final class GroupCommit: Sendable {
    /// Tells a caller how its write ended, after the outer commit or with the error of it.
    private typealias Answer = @Sendable ((any Error)?) -> Void

    private struct Entry: Sendable {
        /// Runs the write, and returns what answers it.
        let run: @Sendable (Connection) -> Answer
        let refuse: @Sendable (any Error) -> Void
    }

    private static let largest = 100
    private static let longest = Duration.milliseconds(2)

    private let pool: DatabasePool
    private let path: String
    private let feed: ChangeFeed
    private let waiting = Mutex<(entries: Deque<Entry>, isScheduled: Bool)>(([], false))

    init(pool: DatabasePool, path: String, feed: ChangeFeed) {
        (self.pool, self.path, self.feed) = (pool, path, feed)
    }

    /// Returns after the commit that holds this write; throws what `body` threw, or why the commit failed.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let path = path
            add(
                Entry { connection in
                    let result = Result {
                        try SQLFailure.rethrowing(path) { try connection.savepoint { try body(connection) } }
                    }
                    return { failure in
                        if let failure, case .success = result { return continuation.resume(throwing: failure) }
                        continuation.resume(with: result)
                    }
                } refuse: {
                    continuation.resume(throwing: $0)
                })
        }
    }

    private func add(_ entry: Entry) {
        let isFirst = waiting.withLock { waiting in
            waiting.entries.append(entry)
            defer { waiting.isScheduled = true }
            return !waiting.isScheduled
        }
        if isFirst { schedule() }
    }

    /// One batch at a time, so that other writes come in between.
    private func schedule() {
        pool.asyncWriteWithoutTransaction { database in
            self.writeBatch(database)
            let isMore = self.waiting.withLock { waiting in
                waiting.isScheduled = !waiting.entries.isEmpty
                return waiting.isScheduled
            }
            if isMore { self.schedule() }
        }
    }

    private func writeBatch(_ database: GRDB.Database) {
        let outbox = Outbox()
        var answers: [Answer] = []
        do {
            try database.beginTransaction(.immediate)
        } catch {
            let failure = SQLFailure(error, path: path)
            while let entry = next() { entry.refuse(failure) }
            return
        }
        let failure = commit(database, outbox, &answers)
        if failure == nil { feed.tell(outbox.announcements) }
        for answer in answers { answer(failure) }
    }

    /// Runs what waits and commits it; returns why it could not.
    private func commit(_ database: GRDB.Database, _ outbox: Outbox, _ answers: inout [Answer]) -> SQLFailure? {
        let started = ContinuousClock.now
        do {
            while answers.count < Self.largest, ContinuousClock.now - started < Self.longest, let entry = next() {
                answers.append(entry.run(Connection(backend: .sqlite(database), outbox: outbox)))
                // A full disk ends the whole transaction, not only the savepoint.
                guard database.isInsideTransaction else { return .full(path: path) }
            }
            try database.commit()
            return nil
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            return SQLFailure(error, path: path)
        }
    }

    private func next() -> Entry? {
        waiting.withLock { $0.entries.popFirst() }
    }
}
