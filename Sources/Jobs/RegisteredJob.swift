import Core
import Foundation

/// A request type with how it is performed.
package struct RegisteredJob: Sendable {
    package let name: String
    let queue: JobQueue
    let policy: RetryPolicy
    let timeout: Duration
    let perform: @Sendable (_ data: String, JobContext) async throws -> Void

    /// `perform` may run more than once for one request, and must end soon after its task is cancelled. An attempt that
    /// takes longer than `timeout` is cancelled at the next heartbeat and counts as a passing failure.
    package init<Request: JobRequest>(
        _ type: Request.Type, timeout: Duration = .seconds(600),
        perform: @escaping @Sendable (Request, JobContext) async throws -> Void
    ) {
        (name, queue, policy, self.timeout) = (Request.jobName, Request.queue, Request.retry, timeout)
        self.perform = { data, context in
            try await perform(try JSONDecoder().decode(Request.self, from: Data(data.utf8)), context)
        }
    }
}

/// What a perform function knows of the attempt that it is.
package struct JobContext: Sendable {
    package let id: JobID
    /// 1 is the first.
    package let attempt: Int
    package let isLastAttempt: Bool
    private let tell: @Sendable (Double) -> Void

    package init(_ job: LeasedJob, tell: @escaping @Sendable (Double) -> Void) {
        (id, attempt, isLastAttempt) = (job.lease.id, job.attempt, job.attempt >= job.attempts)
        self.tell = tell
    }

    /// Shows how far the job is, 0–1. Cheap: stored with the next heartbeat.
    package func progress(_ share: Double) {
        guard share.isFinite else { return }
        tell(min(max(share, 0), 1))
    }
}

/// Every job that a worker can perform, by name.
package struct JobRegistry: Sendable {
    private let jobs: [String: RegisteredJob]

    /// Throws when two jobs have the same name.
    package init(_ jobs: [RegisteredJob]) throws(ValidationError) {
        var byName: [String: RegisteredJob] = [:]
        for job in jobs {
            guard byName.updateValue(job, forKey: job.name) == nil else {
                throw ValidationError(field: "job \(job.name)", rule: "must be registered once")
            }
        }
        self.jobs = byName
    }

    subscript(name: String) -> RegisteredJob? { jobs[name] }

    var names: [String] { jobs.keys.sorted() }

    var queues: Set<JobQueue> { Set(jobs.values.map(\.queue)) }
}
