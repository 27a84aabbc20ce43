/// What a user's job page lists.
package struct JobFilter: Sendable, Hashable {
    /// `nil` is any.
    package var statuses: Set<JobStatus>?
    package var name: String?
    package var limit = 20
    package var offset = 0

    package init() {}
}

package struct JobPage: Sendable, Hashable {
    /// Newest first.
    package let jobs: [Job]
    /// How many there are without limit and offset.
    package let total: Int

    package init(_ jobs: [Job], total: Int) {
        (self.jobs, self.total) = (jobs, total)
    }
}

/// Reads and steers the jobs of one user; nobody else's can be seen or touched.
package protocol JobSteering: Sendable {
    func jobs(of user: UserID, _ filter: JobFilter) async throws -> JobPage
    func job(_ id: JobID, of user: UserID) async throws -> Job?
    /// Ends a waiting job at once and asks a running one to end; a final one stays as it is. `nil` when there is none.
    func cancelJob(_ id: JobID, of user: UserID, now: Instant) async throws -> JobSteered?
    /// Puts a failed or cancelled job back in line with all its attempts; any other stays as it is. `nil` when there is
    /// none.
    func retryJob(_ id: JobID, of user: UserID, now: Instant) async throws -> JobSteered?
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
