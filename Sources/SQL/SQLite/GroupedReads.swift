import DequeModule
import GRDB
import Synchronization

/// Reads of many callers in one snapshot: what waits when a reader is free is read one after the other in a transaction
/// that begins then. In busy times a read so costs no transaction and no change of thread of its own, and whoever comes
/// after a commit still sees it.
final class GroupedReads: Sendable {
    private struct Entry: Sendable {
        let run: @Sendable (Connection) -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: Deque<Entry> = []
        var readers = 0
    }

    /// Few, because a slow read keeps those behind it waiting.
    private static let largest = 8
    /// Fewer than the pool has, so that those who block a thread of their own find one.
    private static let readers = 4

    private let pool: DatabasePool
    private let path: String
    private let threads = BlockingThreads(GroupedReads.readers, name: "kapture-read")
    private let state = Mutex(State())

    init(pool: DatabasePool, path: String) {
        (self.pool, self.path) = (pool, path)
    }

    /// The value of `body` in a snapshot that begins after this call.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            let path = path
            add(
                Entry { connection in
                    continuation.resume(with: Result { try SQLFailure.rethrowing(path) { try body(connection) } })
                } refuse: {
                    continuation.resume(throwing: $0)
                })
        }
    }

    private func add(_ entry: Entry) {
        let needsReader = state.withLock { state in
            state.waiting.append(entry)
            guard state.readers < Self.readers else { return false }
            state.readers += 1
            return true
        }
        if needsReader { threads.begin { self.readWaiting() } }
    }

    private func readWaiting() {
        while let batch = next() {
            var rest = batch[...]
            do {
                try pool.read { database in
                    while let entry = rest.popFirst() { entry.run(Connection(backend: .sqlite(database), outbox: nil)) }
                }
            } catch {
                let failure = SQLFailure(error, path: path)
                for entry in rest { entry.refuse(failure) }
            }
        }
    }

    /// What to read next; `nil` when nobody waits, and then this reader is gone.
    private func next() -> [Entry]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.readers -= 1
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.largest))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }
}
