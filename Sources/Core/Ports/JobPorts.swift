/// Which of a user's jobs are asked for.
package struct JobFilter: Sendable, Hashable {
    /// Empty is any.
    package var statuses: Set<JobStatus> = []
    /// The stable name of the request.
    package var name: String?

    package init() {}
}

/// Reads one user's jobs; other users' and the installation's own are as if they were not there.
package protocol JobListing: Sendable {
    /// Newest first.
    func jobs(of user: UserID, _ filter: JobFilter, _ paging: Paging) async throws -> ListPage<Job>
    func job(_ id: JobID, of user: UserID) async throws -> Job?
}

/// Steers one user's jobs; throws `StoreFailure.missing` for those that the user does not have.
package protocol JobSteering: Sendable {
    /// Ends a waiting job at once and asks a running one to end; one that has ended stays as it is.
    func cancelJob(_ id: JobID, of user: UserID, now: Instant) async throws -> JobSteered
    /// Puts a failed or cancelled job back in line with all its attempts; any other stays as it is, and so does one beside
    /// which another with the same unique key waits or runs.
    func retryJob(_ id: JobID, of user: UserID, now: Instant) async throws -> JobSteered
}

/// A job after somebody steered it.
package struct JobSteered: Sendable, Hashable {
    package let job: Job
    /// What to publish; `nil` when nothing was changed.
    package let change: Change?

    package init(_ job: Job, change: Change?) {
        (self.job, self.change) = (job, change)
    }
}

/// How the queue stands, for operators.
package struct QueueFigures: Sendable, Hashable {
    package let queue: JobQueue
    /// Jobs by status; those that ended as long as their rows are kept.
    package let counts: [JobStatus: Int]
    /// Since when the longest waiting job could have run; `nil` when none is due.
    package let dueSince: Instant?

    package init(queue: JobQueue, counts: [JobStatus: Int], dueSince: Instant?) {
        (self.queue, self.counts, self.dueSince) = (queue, counts, dueSince)
    }
}

package protocol QueueMeasuring: Sendable {
    /// In order of the queues' names.
    func queueFigures(now: Instant) async throws -> [QueueFigures]
}
