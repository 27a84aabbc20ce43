import Foundation
import Synchronization

/// Hands what the watch of a database sees to everyone who iterates its changes. The watch runs on a thread of its own
/// while anybody does.
final class ChangeFeed: Sendable {
    private struct State {
        var boxes: [Int: ChangeBox] = [:]
        var nextNumber = 0
        var isWatched = false
        /// Whether the watch would see a commit made now.
        var stands = false
        var isClosed = false
    }

    static let interval = Duration.milliseconds(250)

    private let state = Mutex(State())
    private let watch: @Sendable (ChangeFeed) -> Void
    private let wake = DispatchSemaphore(value: 0)

    /// `watch` tells this feed what it sees, and returns when `pause` is false.
    init(watch: @escaping @Sendable (ChangeFeed) -> Void) {
        self.watch = watch
    }

    func changes() -> AsyncStream<Changes> {
        let box = ChangeBox()
        let (number, mustWatch) = state.withLock { state in
            if state.isClosed { box.end() }
            if state.stands { box.addUnknown() }
            state.nextNumber += 1
            state.boxes[state.nextNumber] = box
            defer { state.isWatched = true }
            return (state.nextNumber, !state.isWatched && !state.isClosed)
        }
        if mustWatch { startWatch() }
        let subscription = Subscription(box: box) { [weak self] in
            self?.state.withLock { _ = $0.boxes.removeValue(forKey: number) }
        }
        return AsyncStream(unfolding: { await subscription.box.next() }, onCancel: { box.end() })
    }

    func tell(_ announcements: [Announcement]) {
        guard !announcements.isEmpty else { return }
        for box in boxes() { box.add(announcements) }
    }

    func tellOfUnknown() {
        for box in boxes() { box.addUnknown() }
    }

    /// For the watch: from now on it sees every commit. Whoever listens must look for what it did not see.
    func stand() {
        state.withLock { $0.stands = true }
        tellOfUnknown()
    }

    /// For the watch: from now on it sees nothing until it stands again.
    func fall() {
        state.withLock { $0.stands = false }
    }

    /// For the watch: waits for the interval. False when it shall end.
    func pause(_ interval: Duration = ChangeFeed.interval) -> Bool {
        _ = wake.wait(timeout: .now() + interval.seconds)
        return isNeeded()
    }

    /// For the watch: whether anybody listens. When it is false the watch must end: another may begin at once.
    func isNeeded() -> Bool {
        state.withLock { state in
            state.isWatched = !state.boxes.isEmpty && !state.isClosed
            if !state.isWatched { state.stands = false }
            return state.isWatched
        }
    }

    /// Ends all iterations.
    func close() {
        let boxes = state.withLock { state in
            state.isClosed = true
            return Array(state.boxes.values)
        }
        for box in boxes { box.end() }
        wake.signal()
    }

    private func boxes() -> [ChangeBox] {
        state.withLock { Array($0.boxes.values) }
    }

    private func startWatch() {
        let thread = Thread { self.watch(self) }
        thread.name = "kapture-changes"
        thread.start()
    }
}

/// Leaves the feed when nobody holds it any more.
private final class Subscription: Sendable {
    let box: ChangeBox
    private let leave: @Sendable () -> Void

    init(box: ChangeBox, leave: @escaping @Sendable () -> Void) {
        (self.box, self.leave) = (box, leave)
    }

    deinit { leave() }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
