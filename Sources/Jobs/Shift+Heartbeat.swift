import Core
import Dispatch

extension Shift {
    /// Keeps the leases of all jobs, ends attempts that take too long, and learns which ones are to stop, until it is
    /// cancelled.
    func beat() async {
        while (try? await worker.sources.clock.sleep(for: worker.settings.heartbeat)) != nil {
            interruptLate()
            await beatOnce()
            concludeOverdue()
        }
    }

    private func beatOnce() async {
        let (pulses, now) = (roster.pulses, worker.sources.now())
        guard !pulses.isEmpty else { return }
        let until = now.adding(worker.settings.lease)
        do {
            let held = try await worker.ports.queue.extend(pulses, until: until, now: now)
            roster.extended(held.keys, until: until)
            for lease in pulses.keys {
                guard let isCancelRequested = held[lease] else {
                    roster.interrupt(lease, .lostLease, at: now)
                    continue
                }
                if isCancelRequested { roster.interrupt(lease, .cancelRequest, at: now) }
            }
        } catch {
            worker.logger.error("leases not extended: \(error)")
            roster.interruptLapsed(at: worker.sources.now())
        }
    }
}

/// Runs tasks on one thread of its own, in order.
final class HeartbeatThread: TaskExecutor {
    private let thread = DispatchQueue(label: "job heartbeat", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        thread.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
