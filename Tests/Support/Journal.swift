import Synchronization

/// What happened, in order, for tests that wait for it rather than for time to pass.
package final class Journal<Entry: Sendable>: Sendable {
    private struct State {
        var entries: [Entry] = []
        var waiters: [Int: (isMet: @Sendable ([Entry]) -> Bool, continuation: CheckedContinuation<Void, Never>)] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var entries: [Entry] { state.withLock { $0.entries } }

    package func add(_ entry: Entry) {
        state.withLock { $0.entries.append(entry) }
        wake()
    }

    /// Returns once the entries so far meet the condition, or the test's time is over.
    package func wait(until isMet: @escaping @Sendable ([Entry]) -> Bool) async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.waiters[number] = (isMet, continuation) }
                wake(Task.isCancelled ? number : nil)
            }
        } onCancel: {
            wake(number)
        }
    }

    /// Wakes everybody whose condition is met, and whoever is `cancelled`.
    private func wake(_ cancelled: Int? = nil) {
        let ready = state.withLock { state in
            let ready = state.waiters.filter { $0.key == cancelled || $0.value.isMet(state.entries) }
            for number in ready.keys { state.waiters[number] = nil }
            return ready.values.map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }
}

extension Journal where Entry: Equatable {
    /// Returns once there are so many such entries.
    package func wait(for entry: Entry, count: Int = 1) async {
        await wait { entries in entries.count { $0 == entry } >= count }
    }
}
