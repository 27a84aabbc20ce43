import Core
import Logging
import Synchronization

/// Whether a part that Kapture depends on works.
package enum Condition: String, Sendable, CaseIterable {
    case up, down
    /// Not set up, which is nobody's failure.
    case off
}

/// One part, and how to find out about it.
package struct HealthCheck: Sendable {
    package let name: String
    /// Whether Kapture cannot serve without it.
    package let isEssential: Bool
    /// Throws when the part is down; the error goes to the log alone.
    package let look: @Sendable () async throws -> Condition

    package init(
        _ name: String, isEssential: Bool = false, look: @escaping @Sendable () async throws -> Condition
    ) {
        (self.name, self.isEssential, self.look) = (name, isEssential, look)
    }
}

/// What is known of one part.
package struct PartHealth: Sendable, Hashable {
    package let name: String
    package let isEssential: Bool
    package let condition: Condition
    /// Since when, as far as this process saw it.
    package let since: Instant
}

/// Knows the condition of every part. Looks when somebody asks, at most every two seconds, and never longer than two.
package final class HealthBoard: Sendable {
    private struct State {
        var parts: [String: PartHealth] = [:]
        var lookedAt: Instant?
    }

    private static let freshness: Int64 = 2000
    private static let patience = Duration.seconds(2)

    private let checks: [HealthCheck]
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let state = Mutex(State())

    package init(_ checks: [HealthCheck], logger: Logger, now: @escaping @Sendable () -> Instant) {
        (self.checks, self.logger, self.now) = (checks, logger, now)
    }

    /// Every part, in the order in which they were given.
    package func parts() async -> [PartHealth] {
        if isStale() { await look() }
        return state.withLock { state in checks.compactMap { state.parts[$0.name] } }
    }

    /// Whoever finds it stale looks; others see what was known meanwhile.
    private func isStale() -> Bool {
        let now = now()
        return state.withLock { state in
            if let last = state.lookedAt, abs(now.milliseconds - last.milliseconds) < Self.freshness { return false }
            state.lookedAt = now
            return true
        }
    }

    private func look() async {
        await withTaskGroup(of: (HealthCheck, Condition).self) { group in
            for check in checks { group.addTask { (check, await self.condition(check)) } }
            for await (check, condition) in group { note(check, condition) }
        }
    }

    private func condition(_ check: HealthCheck) async -> Condition {
        do {
            return try await TimeLimit.run(Self.patience) { try await check.look() }
        } catch {
            logger.warning("A part is down", metadata: ["part": "\(check.name)", "error": "\(error)"])
            return .down
        }
    }

    private func note(_ check: HealthCheck, _ condition: Condition) {
        let now = now()
        let isNews = state.withLock { state in
            guard state.parts[check.name]?.condition != condition else { return false }
            let before = state.parts.updateValue(
                PartHealth(name: check.name, isEssential: check.isEssential, condition: condition, since: now),
                forKey: check.name)
            return before != nil
        }
        if isNews { logger.notice("A part changed", metadata: ["part": "\(check.name)", "state": "\(condition)"]) }
    }
}

/// Work that may take only so long.
enum TimeLimit {
    struct Exceeded: Error {}

    /// The value, or `Exceeded`; the work is cancelled then, and not waited for when it does not care.
    static func run<Value: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (results, result) = AsyncStream.makeStream(of: Result<Value, any Error>.self)
        // Not children of this task, which would have to wait for work that does not end when it is cancelled.
        let worker = Task {
            do {
                result.yield(.success(try await work()))
            } catch {
                result.yield(.failure(error))
            }
        }
        let timer = Task {
            try await Task.sleep(for: limit)
            result.yield(.failure(Exceeded()))
        }
        defer {
            worker.cancel()
            timer.cancel()
        }
        for await first in results { return try first.get() }
        throw CancellationError()
    }
}
