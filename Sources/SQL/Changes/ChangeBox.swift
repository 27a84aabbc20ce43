import Synchronization

/// What one listener has not taken yet.
final class ChangeBox: Sendable {
    private struct State {
        var pending = Changes()
        var known: Set<Announcement> = []
        var waiter: CheckedContinuation<Changes?, Never>?
        var isEnded = false
    }

    /// More announcements than this and the listener is told to look for itself.
    private static let limit = 1000

    private let state = Mutex(State())

    func add(_ announcements: [Announcement]) {
        change { state in
            for announcement in announcements where state.known.insert(announcement).inserted {
                state.pending.announcements.append(announcement)
            }
            guard state.known.count > Self.limit else { return }
            state.pending = Changes(announcements: [], isIncomplete: true)
            state.known = []
        }
    }

    func addUnknown() {
        change { $0.pending.isIncomplete = true }
    }

    func end() {
        change { $0.isEnded = true }
    }

    /// What came since the last call, or comes next; `nil` when the feed has ended.
    func next() async -> Changes? {
        await withCheckedContinuation { continuation in
            change { $0.waiter = continuation }
        }
    }

    /// Applies `body`, then answers whoever waits, if there is something to say.
    private func change(_ body: (inout State) -> Void) {
        let (waiter, answer) = state.withLock { state -> (CheckedContinuation<Changes?, Never>?, Changes?) in
            body(&state)
            guard let waiter = state.waiter, state.isEnded || !state.pending.isEmpty else { return (nil, nil) }
            state.waiter = nil
            if state.isEnded { return (waiter, nil) }
            defer { (state.pending, state.known) = (Changes(), []) }
            return (waiter, state.pending)
        }
        waiter?.resume(returning: answer)
    }
}
