import Core
import Synchronization

/// One run of a worker. Everything that happens yields a nudge, and every nudge is one exchange with the queue: the
/// endings so far are settled and the free places filled in one transaction.
struct Shift<WorkerClock: Clock<Duration>>: Sendable {
    let worker: Worker<WorkerClock>
    let roster = Roster()
    let metrics = JobMetrics()
    private let places: [JobQueue: Int]
    private let nudges: AsyncStream<Void>
    private let nudge: AsyncStream<Void>.Continuation

    /// A shift that is to end gives up settling after so many failures in a row; its leases then run out.
    private static var patience: Int { 5 }

    init(worker: Worker<WorkerClock>) {
        self.worker = worker
        places = worker.settings.places(for: worker.registry)
        (nudges, nudge) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func stop() {
        roster.stop(at: worker.sources.now())
        nudge.yield()
    }

    func run() async {
        let wakeUps = worker.ports.waking.wakeUps()
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in wakeUps { nudge.yield() } }
            group.addTask { await tick() }
            // A thread of its own: work that keeps every other thread busy must not cost the leases.
            group.addTask(executorPreference: HeartbeatThread()) { await beat() }
            await exchange { job, interruptions in
                group.addTask {
                    await perform(job, interruptions)
                    nudge.yield()
                }
            }
            group.cancelAll()
        }
    }

    private func tick() async {
        repeat { nudge.yield() } while (try? await worker.sources.clock.sleep(for: worker.settings.poll)) != nil
    }

    /// Exchanges at every nudge until the shift is over.
    private func exchange(_ start: (LeasedJob, AsyncStream<Void>) -> Void) async {
        var failures = 0
        for await _ in nudges {
            await gather()
            do {
                try await exchangeOnce(start)
                failures = 0
            } catch {
                failures += 1
                worker.logger.error("job queue not reached: \(error)")
            }
            if roster.isStopping, roster.isSettled || failures >= Self.patience { return }
        }
    }

    /// Lets attempts end that are about to: what ends together is settled in one transaction.
    private func gather() async {
        var ended = -1
        while roster.ended > ended {
            ended = roster.ended
            await Task.yield()
        }
    }

    private func exchangeOnce(_ start: (LeasedJob, AsyncStream<Void>) -> Void) async throws {
        let (reports, claim) = (roster.reports, claim())
        guard !reports.isEmpty || claim != nil else { return }
        let exchange = try await settle(reports, claim)
        for job in exchange.claimed {
            let now = worker.sources.now()
            if let interruptions = roster.begin(job, at: now, leaseUntil: claim?.leaseUntil ?? now) {
                start(job, interruptions)
            } else {
                _ = try await settle([JobReport(job.lease, .released)], nil)
            }
        }
    }

    private func claim() -> JobClaim? {
        let free = roster.free(of: places)
        guard !roster.isStopping, !free.isEmpty else { return nil }
        return JobClaim(
            worker: worker.settings.name, names: worker.registry.names, places: free,
            leaseUntil: worker.sources.now().adding(worker.settings.lease))
    }

    private func settle(_ reports: [JobReport], _ claim: JobClaim?) async throws -> JobExchange {
        let (queue, now) = (worker.ports.queue, worker.sources.now())
        // Shielded from cancellation: a commit whose answer is thrown away would leave jobs in nobody's hands.
        let exchange = try await Task { try await queue.exchange(reports, for: claim, now: now) }.value
        roster.settled(reports)
        for lease in exchange.refused {
            metrics.refused()
            worker.logger.warning("a late report was refused", metadata: ["job": "\(lease.id)"])
        }
        return exchange
    }

    /// Settles what is left when the shift was cancelled rather than asked to end.
    func handBack() async {
        let reports = roster.reports
        guard !reports.isEmpty else { return }
        do {
            _ = try await settle(reports, nil)
        } catch {
            worker.logger.error("jobs not handed back, their leases will run out: \(error)")
        }
    }
}
