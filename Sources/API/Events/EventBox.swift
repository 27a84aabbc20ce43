import Core
import Synchronization

/// What one stream has not told yet: only how things stand now, so that a slow reader costs nothing.
final class EventBox: Sendable {
    /// Why the stream's loop goes round.
    struct Delivery: Sendable {
        let update: UserUpdate?
        /// Whether the session has to be looked up anew.
        let isDoubted: Bool
    }

    private struct State {
        /// The newest that was offered, taken or not.
        var known: UserUpdate?
        var update: UserUpdate?
        var isDoubted = false
        var isEnded = false
        /// Since when a write has not been taken.
        var busySince: ContinuousClock.Instant?
        var lookAt: ContinuousClock.Instant?
    }

    let user: UserID
    let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private let state = Mutex(State())
    private let hangUp: @Sendable () -> Void

    /// `hangUp` closes the connection.
    init(of user: UserID, hangUp: @escaping @Sendable () -> Void) {
        (self.user, self.hangUp) = (user, hangUp)
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What the stream itself begins with.
    func begin(with update: UserUpdate) {
        state.withLock { $0.known = $0.known ?? update }
    }

    /// Rings only for what differs from how things stood. Fewer sessions than before: this one may have ended.
    func offer(_ update: UserUpdate) {
        let isNews = state.withLock { state in
            if state.known == update { return false }
            if let known = state.known, known.sessionCount > update.sessionCount { state.isDoubted = true }
            (state.known, state.update) = (update, update)
            return true
        }
        if isNews { bell.yield() }
    }

    /// Lets the stream ask whether its session still is one; `isDoubted` when what is remembered of it does not count.
    func look(isDoubted: Bool = false) {
        state.withLock { if isDoubted { $0.isDoubted = true } }
        bell.yield()
    }

    /// Ends the stream, at once when its client does not read.
    func end() {
        let isBusy = state.withLock { state in
            state.isEnded = true
            return state.busySince != nil
        }
        bell.yield()
        if isBusy { hangUp() }
    }

    /// `nil` when the stream shall end.
    func take() -> Delivery? {
        state.withLock { state in
            if state.isEnded { return nil }
            defer { (state.update, state.isDoubted) = (nil, false) }
            return Delivery(update: state.update, isDoubted: state.isDoubted)
        }
    }

    func look(at instant: ContinuousClock.Instant) {
        state.withLock { $0.lookAt = instant }
    }

    func writing(since instant: ContinuousClock.Instant?) {
        state.withLock { $0.busySince = instant }
    }

    /// Rings when it is time to look, hangs up on a client that has not read for `patience`.
    func tick(_ now: ContinuousClock.Instant, patience: Duration) {
        let (isDue, isStuck) = state.withLock { state in
            let isDue = state.lookAt.map { $0 <= now } ?? false
            if isDue { state.lookAt = nil }
            return (isDue, state.busySince.map { $0 + patience <= now } ?? false)
        }
        if isStuck { return end() }
        if isDue { bell.yield() }
    }
}
