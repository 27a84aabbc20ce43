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
        /// In the order of their numbers. They stay here until they are read, so that no slow read keeps others waiting.
        var waiting: Deque<(number: Int, entry: Entry)> = []
        var lastNumber = 0
        var readers = 0
    }

    /// In one snapshot.
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
            state.lastNumber += 1
            state.waiting.append((state.lastNumber, entry))
            guard state.readers < Self.readers else { return false }
            state.readers += 1
            return true
        }
        if needsReader { threads.begin { self.readWaiting() } }
    }

    private func readWaiting() {
        while let last = lastOfNextSnapshot() {
            do {
                try pool.read { database in
                    let connection = Connection(backend: .sqlite(database), outbox: nil)
                    while let entry = next(upTo: last) { entry.run(connection) }
                }
            } catch {
                let failure = SQLFailure(error, path: path)
                while let entry = next(upTo: last) { entry.refuse(failure) }
            }
        }
    }

    /// The number up to which a snapshot that begins now is new enough; `nil` when nobody waits, and then this reader is
    /// gone.
    private func lastOfNextSnapshot() -> Int? {
        state.withLock { state in
            guard let first = state.waiting.first else {
                state.readers -= 1
                return nil
            }
            return min(state.lastNumber, first.number + Self.largest - 1)
        }
    }

    private func next(upTo last: Int) -> Entry? {
        state.withLock { state in
            guard let first = state.waiting.first, first.number <= last else { return nil }
            return state.waiting.removeFirst().entry
        }
    }
}
