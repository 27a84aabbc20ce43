import Synchronization

/// What happened, in order, for tests that wait for it rather than for time to pass.
package final class Journal<Entry: Sendable>: Sendable {
    private struct Waiter {
        let isMet: @Sendable ([Entry]) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private let state = Mutex<(entries: [Entry], waiters: [Waiter])>(([], []))

    package init() {}

    package var entries: [Entry] { state.withLock { $0.entries } }

    package func add(_ entry: Entry) {
        state.withLock { $0.entries.append(entry) }
        wake()
    }

    /// Returns once the entries so far meet the condition.
    package func wait(until isMet: @escaping @Sendable ([Entry]) -> Bool) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append(Waiter(isMet: isMet, continuation: continuation)) }
            wake()
        }
    }

    private func wake() {
        let ready = state.withLock { state in
            let entries = state.entries
            defer { state.waiters.removeAll { $0.isMet(entries) } }
            return state.waiters.filter { $0.isMet(entries) }
        }
        for waiter in ready { waiter.continuation.resume() }
    }
}

extension Journal where Entry: Equatable {
    /// Returns once there is such an entry.
    package func wait(for entry: Entry, count: Int = 1) async {
        await wait { entries in entries.count { $0 == entry } >= count }
    }
}
