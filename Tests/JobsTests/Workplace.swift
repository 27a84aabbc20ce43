import Core
import Jobs
import Logging
import ServiceLifecycle
import ServiceLifecycleTestKit
import Store
import TestSupport

/// A job of the tests: `name` says which one.
struct TestJob: JobRequest, Hashable {
    static let jobName = "test"
    static let queue = JobQueue(rawValue: "test")
    static let retry: RetryPolicy = .attempts(3, restingFrom: .seconds(10), upTo: .seconds(100))

    let name: String
}

/// A job of another queue.
struct OtherJob: JobRequest {
    static let jobName = "other"
    static let queue = JobQueue(rawValue: "other")
}

/// A store, a clock that stands still, and workers on both.
struct Workplace: Sendable {
    let fixture: StoreFixture
    let clock = VirtualClock(start: StoreFixture.start)
    /// What the jobs of the test tell.
    let journal = Journal<String>()
    let queue: WatchedQueue

    init() async throws {
        fixture = try await StoreFixture()
        queue = WatchedQueue(store: fixture.store)
    }

    var store: Store { fixture.store }

    /// A worker whose chance is always the whole rest.
    func worker(
        _ jobs: [RegisteredJob], named name: String = "one", _ change: (inout WorkerSettings) -> Void = { _ in }
    ) throws -> Worker<VirtualClock> {
        var settings = WorkerSettings(name: name)
        settings.poll = .seconds(1)
        change(&settings)
        let sources = Worker<VirtualClock>.Sources(clock: clock, now: { [clock] in clock.stamp }, chance: { 1 })
        return Worker(
            settings, registry: try JobRegistry(jobs), ports: .init(queue: queue, waking: store), sources: sources,
            logger: .silent)
    }

    /// Runs `body` while the service runs, then shuts that down gracefully and waits for its end.
    func during(_ service: some Service, _ body: @Sendable () async throws -> Void) async throws {
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await service.run() }
                try await body()
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }

    /// Lets time pass by the second; before and after each, at least so many tasks sleep.
    func pass(seconds: Int, sleepers: Int) async {
        for _ in 0..<seconds {
            await clock.rest(sleepers)
            clock.advance(by: .seconds(1))
        }
        await clock.rest(sleepers)
    }

    @discardableResult
    func enqueue(_ name: String, _ change: (inout JobTerms) -> Void = { _ in }) async throws -> JobID {
        var terms = JobTerms(userID: fixture.user)
        change(&terms)
        return try await store.enqueue(TestJob(name: name), terms, now: clock.stamp)
    }

    func job(_ id: JobID) async throws -> Job? { try await store.job(id, of: fixture.user) }

    func status(_ id: JobID) async throws -> JobStatus? { try await job(id)?.status }
}

/// The store's queue, with a journal of what was committed.
struct WatchedQueue: JobLeasing {
    let store: Store
    let settled = Journal<JobReport>()
    let refused = Journal<JobLease>()

    func exchange(_ reports: [JobReport], for claim: JobClaim?, now: Instant) async throws -> JobExchange {
        let exchange = try await store.exchange(reports, for: claim, now: now)
        for report in reports where !exchange.refused.contains(report.lease) { settled.add(report) }
        for lease in exchange.refused { refused.add(lease) }
        return exchange
    }

    func extend(_ leases: [JobLease: Double?], until: Instant, now: Instant) async throws -> [JobLease: Bool] {
        try await store.extend(leases, until: until, now: now)
    }

    /// The first outcome of each job, in the order of their commits.
    func outcomes(_ count: Int) async -> [JobOutcome] {
        await settled.wait { $0.count >= count }
        return settled.entries.map(\.outcome)
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
