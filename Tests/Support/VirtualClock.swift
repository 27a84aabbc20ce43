import Core
import Synchronization

/// A clock that stands still until a test moves it.
package final class VirtualClock: Clock, Sendable {
    package struct Instant: InstantProtocol {
        let offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now: Duration = .zero
        var next = 0
        var sleepers: [Int: (until: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
    }

    private let start: Core.Instant
    private let state = Mutex(State())
    /// How many slept, each time somebody fell asleep.
    private let asleep = Journal<Int>()

    package init(start: Core.Instant) {
        self.start = start
    }

    package var now: Instant { Instant(offset: state.withLock { $0.now }) }
    package var minimumResolution: Duration { .milliseconds(1) }

    /// The same moment as a stamp.
    package var stamp: Core.Instant { start.adding(state.withLock { $0.now }) }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { add($0, number, until: deadline.offset) }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func add(_ continuation: CheckedContinuation<Void, any Error>, _ number: Int, until deadline: Duration) {
        let isOver = state.withLock { state in
            if Task.isCancelled || deadline <= state.now { return true }
            state.sleepers[number] = (deadline, continuation)
            return false
        }
        guard isOver else { return asleep.add(state.withLock { $0.sleepers.count }) }
        continuation.resume(with: Task.isCancelled ? .failure(CancellationError()) : .success(()))
    }

    /// Returns once at least so many tasks sleep: everything that a move of the clock set going has come to rest.
    package func rest(_ sleepers: Int) async {
        await asleep.wait { _ in self.state.withLock { $0.sleepers.count } >= sleepers }
    }

    /// Moves the clock and wakes whoever is due.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.sorted { $0.until < $1.until }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }
}
