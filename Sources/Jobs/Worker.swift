import Core
import Logging
import ServiceLifecycle

/// Claims jobs and performs them, several at once, until graceful shutdown; then it stops what runs, hands it back and
/// returns. When it is killed instead, other workers take its jobs over once their leases run out.
package struct Worker<WorkerClock: Clock<Duration>>: Service {
    /// What a worker needs from outside.
    package struct Ports: Sendable {
        package var queue: any JobLeasing
        package var waking: any Waking

        package init(queue: any JobLeasing, waking: any Waking) {
            (self.queue, self.waking) = (queue, waking)
        }
    }

    /// Time and chance.
    package struct Sources: Sendable {
        /// Waits.
        package var clock: WorkerClock
        /// Stamps.
        package var now: @Sendable () -> Instant
        /// Evenly spread over 0–1.
        package var chance: @Sendable () -> Double

        package init(
            clock: WorkerClock, now: @escaping @Sendable () -> Instant,
            chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }
        ) {
            (self.clock, self.now, self.chance) = (clock, now, chance)
        }
    }

    let settings: WorkerSettings
    let registry: JobRegistry
    let ports: Ports
    let sources: Sources
    let logger: Logger

    package init(
        _ settings: WorkerSettings, registry: JobRegistry, ports: Ports, sources: Sources, logger: Logger
    ) {
        (self.settings, self.registry, self.ports) = (settings, registry, ports)
        (self.sources, self.logger) = (sources, logger)
    }

    package func run() async throws {
        let shift = Shift(worker: self)
        await withGracefulShutdownHandler {
            await shift.run()
        } onGracefulShutdown: {
            shift.stop()
        }
        // After a cancellation, which is no graceful shutdown, the loop is gone before the jobs are.
        await shift.handBack()
    }
}

extension Worker where WorkerClock == ContinuousClock {
    /// A worker on the machine's own clocks.
    package init(
        _ settings: WorkerSettings, registry: JobRegistry, ports: Ports, now: @escaping @Sendable () -> Instant,
        logger: Logger
    ) {
        let sources = Sources(clock: ContinuousClock(), now: now)
        self.init(settings, registry: registry, ports: ports, sources: sources, logger: logger)
    }
}
