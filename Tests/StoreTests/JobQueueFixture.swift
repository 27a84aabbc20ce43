import Core
import Store
import TestSupport

/// A job of the tests.
struct SampleJob: JobRequest, Hashable {
    static let jobName = "sample"
    static let retry: RetryPolicy = .attempts(3, restingFrom: .seconds(1), upTo: .seconds(10))

    let number: Int
}

/// A queue of its own, worked by hand.
struct JobQueueFixture: Sendable {
    let fixture: StoreFixture
    let start = StoreFixture.start
    /// How long a claim holds.
    static let lease: Duration = .seconds(3)

    init(_ engine: TestEngine = .ofRun) async throws {
        fixture = try await StoreFixture(engine)
    }

    var store: Store { fixture.store }
    var user: UserID { fixture.user }

    @discardableResult
    func enqueue(_ number: Int = 1, _ change: (inout JobTerms) -> Void = { _ in }) async throws -> JobID {
        var terms = JobTerms(userID: user)
        change(&terms)
        return try await store.enqueue(SampleJob(number: number), terms, now: start)
    }

    func claim(
        _ places: Int = 10, of queue: JobQueue = .standard, by worker: String = "one", at now: Instant
    ) async throws -> [LeasedJob] {
        let claim = JobClaim(
            worker: worker, names: [SampleJob.jobName], places: [queue: places], leaseUntil: now.adding(Self.lease))
        return try await store.exchange([], for: claim, now: now).claimed
    }

    /// Claims the only job there is.
    func claimOne(of queue: JobQueue = .standard, by worker: String = "one", at now: Instant) async throws -> LeasedJob
    {
        let claimed = try await claim(of: queue, by: worker, at: now)
        guard claimed.count == 1 else { throw StoreFailure.missing("one job to claim, but \(claimed.count)") }
        return claimed[0]
    }

    /// Whether the queue took the report.
    func settle(_ lease: JobLease, _ outcome: JobOutcome, at now: Instant) async throws -> Bool {
        try await store.exchange([JobReport(lease, outcome)], for: nil, now: now).refused.isEmpty
    }

    func job(_ id: JobID) async throws -> Job? { try await store.job(id, of: user) }

    func revision() throws -> Int64? { try store.version(of: .user(user))?.revision }
}
