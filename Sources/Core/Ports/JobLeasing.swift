/// The queue as a worker sees it. Times are the caller's clock; several workers, processes and machines may share it.
package protocol JobLeasing: Sendable {
    /// One transaction: settles the reports, puts jobs whose lease has run out back in line (or ends them, when that was
    /// their last attempt), then claims what is due, highest priority first. A report counts once and only from whoever
    /// holds the lease.
    func exchange(_ reports: [JobReport], for claim: JobClaim?, now: Instant) async throws -> JobExchange
    /// Extends the leases that are still held and stores their progress (0–1). Returns those held, each with whether
    /// somebody asked for the job's end.
    func extend(_ leases: [JobLease: Double?], until: Instant, now: Instant) async throws -> [JobLease: Bool]
}

/// Tells when there may be new jobs. A wake-up may come for nothing and may be missed: workers look by themselves too.
package protocol Waking: Sendable {
    /// A stream of its own for every caller; it ends when nobody reads it any more.
    func wakeUps() -> AsyncStream<Void>
}

/// Fires schedules, once a slot over all processes.
package protocol SlotFiring: Sendable {
    /// Marks `slot` as taken when nothing is known of the task yet: what was due before it was first seen is not made up.
    func introduce(_ task: String, slot: Instant, now: Instant) async throws
    /// Enqueues the request unless this slot of the task, or a later one, has fired; both in one transaction. Returns the
    /// job, or `nil` when somebody else was first.
    func fire(_ request: some JobRequest, _ terms: JobTerms, slot: JobSlot, now: Instant) async throws -> JobID?
}

/// One planned run of a scheduled task.
package struct JobSlot: Sendable, Hashable {
    package let task: String
    package let runAt: Instant

    package init(_ task: String, at runAt: Instant) {
        (self.task, self.runAt) = (task, runAt)
    }
}
