import Core
import Synchronization

/// The jobs in one worker's hands: what runs, what was asked to stop, what has ended and is not settled yet.
final class Roster: Sendable {
    fileprivate struct Entry {
        let job: LeasedJob
        let interrupter: AsyncStream<Void>.Continuation
        let begunAt: Instant
        var leaseUntil: Instant
        var interruption: (reason: JobInterruption, at: Instant)?
        var progress: Double?
        var outcome: JobOutcome?
        var isSettled = false
        /// Whether its code still runs and so takes a place.
        var isRunning = true
    }

    fileprivate struct State {
        var entries: [JobLease: Entry] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())

    /// Takes a job on; `nil` when the worker is stopping. The stream yields once the job is to stop.
    func begin(_ job: LeasedJob, at now: Instant, leaseUntil: Instant) -> AsyncStream<Void>? {
        let (stream, interrupter) = AsyncStream.makeStream(of: Void.self)
        return state.withLock { state in
            guard !state.isStopping else { return nil }
            state.entries[job.lease] = Entry(
                job: job, interrupter: interrupter, begunAt: now, leaseUntil: leaseUntil)
            return stream
        }
    }

    func note(progress: Double, of lease: JobLease) {
        state.withLock { $0.entries[lease]?.progress = progress }
    }

    /// Asks a running job to stop; the first reason counts.
    func interrupt(_ lease: JobLease, _ reason: JobInterruption, at now: Instant) {
        state.withLock { $0.entries[lease]?.interrupt(reason, at: now) }
    }

    /// From now on nothing new is begun, and everything that runs is asked to stop.
    func stop(at now: Instant) {
        state.withLock { state in
            state.isStopping = true
            for lease in state.entries.keys { state.entries[lease]?.interrupt(.shutdown, at: now) }
        }
    }

    func interruption(of lease: JobLease) -> JobInterruption? {
        state.withLock { $0.entries[lease]?.interruption?.reason }
    }

    /// Says how a job ends; false when that was said before.
    func conclude(_ lease: JobLease, _ outcome: JobOutcome) -> Bool {
        state.withLock { state in
            guard let entry = state.entries[lease], entry.outcome == nil else { return false }
            state.entries[lease]?.outcome = outcome
            return true
        }
    }

    /// The job's code has returned: its place is free.
    func leave(_ lease: JobLease) {
        state.withLock { state in
            state.entries[lease]?.interrupter.finish()
            state.entries[lease]?.isRunning = false
            state.forget(lease)
        }
    }

    /// Jobs whose code runs and was not asked to stop, with when they were begun.
    var running: [(job: LeasedJob, begunAt: Instant)] {
        state.withLock { state in
            state.entries.values.filter { $0.isRunning && $0.interruption == nil }.map { ($0.job, $0.begunAt) }
        }
    }

    /// Jobs that were asked to stop before `moment` and still run.
    func overdue(since moment: Instant) -> [(job: LeasedJob, reason: JobInterruption)] {
        state.withLock { state in
            state.entries.values.compactMap { entry in
                guard let interruption = entry.interruption, interruption.at <= moment, entry.outcome == nil else {
                    return nil
                }
                return (entry.job, interruption.reason)
            }
        }
    }

    // MARK: Settling

    /// Endings that the queue has not taken yet.
    var reports: [JobReport] {
        state.withLock { state in
            state.entries.values.compactMap { entry in
                guard !entry.isSettled, let outcome = entry.outcome else { return nil }
                return JobReport(entry.job.lease, outcome)
            }
        }
    }

    /// How many endings there are that the queue has not taken yet.
    var ended: Int {
        state.withLock { $0.entries.values.count { !$0.isSettled && $0.outcome != nil } }
    }

    func settled(_ reports: [JobReport]) {
        state.withLock { state in
            for report in reports {
                state.entries[report.lease]?.isSettled = true
                state.forget(report.lease)
            }
        }
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Whether every job that was begun is settled.
    var isSettled: Bool { state.withLock { $0.entries.values.allSatisfy(\.isSettled) } }

    // MARK: Places and leases

    /// How many more jobs fit in each queue; queues without a free place are left out.
    func free(of places: [JobQueue: Int]) -> [JobQueue: Int] {
        let taken = state.withLock { state in
            state.entries.values.reduce(into: [JobQueue: Int]()) {
                $0[$1.job.queue, default: 0] += $1.isRunning ? 1 : 0
            }
        }
        return places.map { ($0, $1 - (taken[$0] ?? 0)) }.filter { $1 > 0 }.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    /// What a heartbeat keeps: every job that is not settled, with its newest progress.
    var pulses: [JobLease: Double?] {
        state.withLock { $0.entries.filter { !$0.value.isSettled }.mapValues(\.progress) }
    }

    func extended(_ leases: some Sequence<JobLease>, until: Instant) {
        state.withLock { state in
            for lease in leases { state.entries[lease]?.leaseUntil = until }
        }
    }

    /// Asks jobs to stop whose lease has run out because it could not be extended.
    func interruptLapsed(at now: Instant) {
        state.withLock { state in
            for (lease, entry) in state.entries where entry.leaseUntil <= now {
                state.entries[lease]?.interrupt(.lostLease, at: now)
            }
        }
    }
}

extension Roster.Entry {
    fileprivate mutating func interrupt(_ reason: JobInterruption, at now: Instant) {
        guard interruption == nil else { return }
        interruption = (reason, now)
        interrupter.yield()
    }
}

extension Roster.State {
    fileprivate mutating func forget(_ lease: JobLease) {
        guard let entry = entries[lease], entry.isSettled, !entry.isRunning else { return }
        entries[lease] = nil
    }
}
