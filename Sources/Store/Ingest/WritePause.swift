import Foundation
import Synchronization

/// Lets other processes write to the same file between two of many transactions in a row: who waits for SQLite's lock only
/// looks now and then whether it is free.
final class WritePause: Sendable {
    /// Writes follow each other when there is less between them.
    private static let gap: Duration = .milliseconds(2)
    private static let longest: Duration = .milliseconds(10)
    private static let rest = 0.003

    private struct State {
        var begun = ContinuousClock.now
        var ended = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// Runs a write, after a rest when writes have followed each other for a while. Blocks its thread.
    func around<Value>(_ write: () throws -> Value) rethrows -> Value {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            if now - state.ended > Self.gap {
                state.begun = now
                return false
            }
            return now - state.begun > Self.longest
        }
        if isDue {
            Thread.sleep(forTimeInterval: Self.rest)
            state.withLock { $0.begun = ContinuousClock.now }
        }
        defer { state.withLock { $0.ended = ContinuousClock.now } }
        return try write()
    }
}
