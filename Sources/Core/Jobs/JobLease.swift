/// The right to work on a job and to say how it ended. The token grows with every claim of the job, so that whoever lost
/// the right is told apart from whoever has it.
package struct JobLease: Sendable, Hashable {
    package let id: JobID
    package let token: Int64

    package init(_ id: JobID, token: Int64) {
        (self.id, self.token) = (id, token)
    }
}

/// A job in a worker's hands.
package struct LeasedJob: Sendable, Hashable {
    package let lease: JobLease
    /// The stable name of its request, and the request as JSON.
    package let name: String, data: String
    package let queue: JobQueue
    /// 1 is the first.
    package let attempt: Int
    package let attempts: Int
    package let userID: UserID?

    package init(
        _ lease: JobLease, request: (name: String, data: String), queue: JobQueue, tries: Job.Tries, userID: UserID?
    ) {
        (self.lease, name, data) = (lease, request.name, request.data)
        (self.queue, attempt, attempts) = (queue, tries.done, tries.most)
        self.userID = userID
    }
}

/// What a worker can take on now.
package struct JobClaim: Sendable, Hashable {
    /// Names this worker in the rows that it holds.
    package let worker: String
    /// The stable names that it can perform; others are left alone.
    package let names: [String]
    /// Free places by queue.
    package let places: [JobQueue: Int]
    package let leaseUntil: Instant

    package init(worker: String, names: [String], places: [JobQueue: Int], leaseUntil: Instant) {
        (self.worker, self.names, self.places) = (worker, names, places)
        self.leaseUntil = leaseUntil
    }
}

/// How one attempt ended.
package struct JobReport: Sendable, Equatable {
    package let lease: JobLease
    package let outcome: JobOutcome

    package init(_ lease: JobLease, _ outcome: JobOutcome) {
        (self.lease, self.outcome) = (lease, outcome)
    }
}

/// What an exchange with the queue brought.
package struct JobExchange: Sendable, Equatable {
    /// Reports that came too late: the job was no longer the reporter's.
    package var refused: Set<JobLease> = []
    /// Highest priority first, then by when they may run.
    package var claimed: [LeasedJob] = []

    package init() {}
}
