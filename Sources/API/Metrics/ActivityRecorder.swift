import Core
import Logging
import ServiceLifecycle
import Synchronization

/// Notes who was there today. Saying it costs no query: a loop of its own stores what is new.
package final class ActivityRecorder: Service {
    private struct State {
        var day: Int64 = .min
        /// Stored, or on the way there.
        var known: Set<UserID> = []
        var pending: Set<UserID> = []
        var bell: AsyncStream<Void>.Continuation?
    }

    /// Days that are remembered.
    private static let memory: Int64 = 60

    private let activity: any ActivityKeeping
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let state = Mutex(State())

    package init(_ activity: any ActivityKeeping, logger: Logger, now: @escaping @Sendable () -> Instant) {
        (self.activity, self.logger, self.now) = (activity, logger, now)
    }

    package func note(_ user: UserID) {
        let day = now().day
        state.withLock { state in
            if state.day != day { (state.day, state.known, state.pending) = (day, [], []) }
            guard state.known.insert(user).inserted else { return }
            state.pending.insert(user)
            state.bell?.yield()
        }
    }

    package func run() async throws {
        let (bells, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0.bell = bell }
        bell.yield()
        var cleaned: Int64 = .min
        for await _ in bells.cancelOnGracefulShutdown() {
            await store()
            let today = now().day
            if today != cleaned { await forget(before: today - Self.memory) }
            cleaned = today
        }
        await store()
    }

    private func forget(before day: Int64) async {
        do {
            try await activity.forgetActivity(before: day)
        } catch {
            logger.warning("Old days of activity not removed", metadata: ["error": "\(error)"])
        }
    }

    private func store() async {
        let (day, users) = state.withLock { state in
            defer { state.pending = [] }
            return (state.day, state.pending)
        }
        guard !users.isEmpty else { return }
        do {
            try await activity.noteActive(users, on: day)
        } catch {
            logger.warning("Active users not noted", metadata: ["error": "\(error)"])
            // Their next visit says it again.
            state.withLock { $0.known.subtract(users) }
        }
    }
}

/// How many users were there, for the metrics.
package struct ActiveUserMeasure: Measuring {
    package let name = "activity"
    private let activity: any ActivityKeeping

    package init(_ activity: any ActivityKeeping) {
        self.activity = activity
    }

    package func figures(now: Instant) async throws -> [Figure] {
        let users = try await activity.activeUsers(through: now.day)
        return [("1d", users.day), ("7d", users.week), ("30d", users.month)].map { window, count in
            Figure("kapture_active_users", .gauge, [Figure.Label("window", window)], Double(count))
        }
    }
}
