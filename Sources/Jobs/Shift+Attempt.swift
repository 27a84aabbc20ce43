import Core
import Logging

extension Shift {
    /// One attempt of one job, from its first line to its report.
    func perform(_ job: LeasedJob, _ interruptions: AsyncStream<Void>) async {
        let started = worker.sources.clock.now
        metrics.began(job)
        let ending = await ending(of: job, interruptions)
        let reason = roster.interruption(of: job.lease) ?? (Task.isCancelled ? .shutdown : nil)
        conclude(job, ending, after: reason)
        roster.leave(job.lease)
        metrics.ended(job, after: started.duration(to: worker.sources.clock.now))
    }

    /// Runs the job's code until it returns; on an interruption its task is cancelled.
    private func ending(of job: LeasedJob, _ interruptions: AsyncStream<Void>) async -> Result<Void, any Error> {
        guard let registered = worker.registry[job.name] else {
            return .failure(JobFailure(.structural, "This version of Kapture does not know the job \(job.name)."))
        }
        let roster = roster
        let context = JobContext(job) { roster.note(progress: $0, of: job.lease) }
        return await withTaskGroup(of: Result<Void, any Error>?.self) { group in
            group.addTask { await Result { try await registered.perform(job.data, context) } }
            group.addTask {
                for await _ in interruptions { break }
                return nil
            }
            var ending: Result<Void, any Error>?
            for await event in group {
                ending = ending ?? event
                group.cancelAll()
            }
            return ending ?? .failure(CancellationError())
        }
    }

    /// Asks attempts to stop that take longer than theirs may.
    func interruptLate() {
        let now = worker.sources.now()
        for (job, begunAt) in roster.running {
            guard let limit = worker.registry[job.name]?.timeout, begunAt.adding(limit) <= now else { continue }
            roster.interrupt(job.lease, .timeout(limit), at: now)
        }
    }

    /// Jobs whose code goes on in spite of an interruption are settled without it; their place stays taken.
    func concludeOverdue() {
        let moment = worker.sources.now().adding(.zero - worker.settings.grace)
        for (job, reason) in roster.overdue(since: moment) {
            worker.logger.error("a job does not stop when asked to", metadata: metadata(of: job))
            conclude(job, .failure(CancellationError()), after: reason)
        }
    }

    private func conclude(_ job: LeasedJob, _ ending: Result<Void, any Error>, after reason: JobInterruption?) {
        let policy = worker.registry[job.name]?.policy ?? .once
        let attempt = JobAttempt(job.attempt, of: job.attempts, policy)
        let outcome = JobOutcome(of: ending, after: reason, attempt, chance: worker.sources.chance())
        guard roster.conclude(job.lease, outcome) else { return }
        metrics.concluded(job, outcome)
        log(outcome, of: job, ending)
    }

    private func log(_ outcome: JobOutcome, of job: LeasedJob, _ ending: Result<Void, any Error>) {
        var metadata = metadata(of: job)
        if case .failure(let error) = ending { metadata["error"] = "\(error)" }
        switch outcome {
        case .done: worker.logger.info("job done", metadata: metadata)
        case .cancelled: worker.logger.info("job cancelled", metadata: metadata)
        case .released: worker.logger.info("job handed back", metadata: metadata)
        case .retry(let rest, _): worker.logger.warning("job tried again in \(rest)", metadata: metadata)
        case .failed(let failure): worker.logger.error("job failed: \(failure.reason)", metadata: metadata)
        }
    }

    private func metadata(of job: LeasedJob) -> Logger.Metadata {
        ["job": "\(job.lease.id)", "name": "\(job.name)", "attempt": "\(job.attempt)/\(job.attempts)"]
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
