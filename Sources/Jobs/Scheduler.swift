import Core
import Logging
import ServiceLifecycle

/// Fires scheduled tasks, each slot once however many schedulers run. Slots missed while none ran are made up by one run.
package struct Scheduler<SchedulerClock: Clock<Duration>>: Service {
    private let tasks: [ScheduledTask]
    private let firing: any SlotFiring
    private let clock: SchedulerClock
    private let now: @Sendable () -> Instant
    private let logger: Logger

    /// The wall clock may be set while it waits: look at it this often.
    private static var longestSleep: Duration { .seconds(30) }
    /// After a failure.
    private static var rest: Duration { .seconds(5) }

    package init(
        _ tasks: [ScheduledTask], firing: any SlotFiring, clock: SchedulerClock, now: @escaping @Sendable () -> Instant,
        logger: Logger
    ) {
        (self.tasks, self.firing, self.clock, self.now, self.logger) = (tasks, firing, clock, now, logger)
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await loop() }
        } catch is CancellationError {
            // The end that was asked for.
        }
    }

    private func loop() async throws {
        var settled: [String: Instant] = [:]
        while true {
            var isWhole = true
            for task in tasks {
                do {
                    settled[task.name] = try await look(at: task, settled: settled[task.name])
                } catch let end as CancellationError {
                    throw end
                } catch {
                    isWhole = false
                    logger.error("a schedule could not be kept: \(error)", metadata: ["task": "\(task.name)"])
                }
            }
            try await clock.sleep(for: isWhole ? untilNextSlot() : Self.rest)
        }
    }

    /// Fires the newest slot unless it is `settled`, and returns it.
    private func look(at task: ScheduledTask, settled: Instant?) async throws -> Instant? {
        let now = now()
        guard let slot = task.schedule.latest(notAfter: now), slot != settled else { return settled }
        if settled == nil { try await firing.introduce(task.name, slot: slot, now: now) }
        if let job = try await task.fire(firing, JobSlot(task.name, at: slot), now) {
            logger.info("schedule fired", metadata: ["task": "\(task.name)", "job": "\(job)"])
        }
        return slot
    }

    private func untilNextSlot() -> Duration {
        let now = now()
        let next = tasks.compactMap { $0.schedule.next(after: now) }.min()
        return min(
            next.map { .milliseconds($0.milliseconds - now.milliseconds) } ?? Self.longestSleep, Self.longestSleep)
    }
}
