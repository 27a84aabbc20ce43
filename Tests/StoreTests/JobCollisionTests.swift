import Core
import SQL
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Jobs that two processes touch at once", .timeLimit(.minutes(2)))
struct JobCollisionTests {
    private let start = StoreFixture.start

    /// Runs `exchange` while another process has asked for the end of a running job but not committed that yet: it does
    /// once the exchange waits for it, or is over. Returns the job's queue and lease.
    private func collide(
        _ exchange: @escaping @Sendable (Store, JobLease) async throws -> Void
    ) async throws -> (JobQueueFixture, JobLease) {
        let queue = try await JobQueueFixture(.postgres)
        try await queue.enqueue()
        let lease = try await queue.claimOne(at: start).lease
        let database = try Database(try DatabaseAddress(queue.fixture.location))
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let isOver = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isOver.value.store(true, ordering: .releasing) }
                for await _ in asked { return try await exchange(queue.store, lease) }
            }
            group.addTask {
                try await database.write(.rows) { connection in
                    let id = lease.id.rawValue
                    try connection.execute("UPDATE background_jobs SET is_cancel_requested = 1 WHERE id = \(id)")
                    ask.yield()
                    while !isOver.value.load(ordering: .acquiring), try !Self.somebodyWaits(database) {}
                }
            }
            try await group.waitForAll()
        }
        try database.close()
        return (queue, lease)
    }

    private final class Flag: Sendable {
        let value = Atomic(false)
    }

    private static func somebodyWaits(_ database: Database) throws -> Bool {
        let waiting: Query = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """
        return try database.read { try $0.first(waiting) { $0.integer(0) } } != 0
    }

    @Test("A job whose end is asked for while it is handed back ends")
    func handedBack() async throws {
        let (queue, lease) = try await collide { store, lease in
            let outcome = JobOutcome.retry(after: .seconds(1), JobFailure(.transient, "Not now."))
            let exchange = try await store.exchange([JobReport(lease, outcome)], for: nil, now: StoreFixture.start)
            #expect(exchange.refused.isEmpty)
        }
        #expect(try await queue.job(lease.id)?.status == .cancelled)
    }

    @Test("A job whose end is asked for while its holder is found dead ends")
    func foundDead() async throws {
        let late = start.adding(JobQueueFixture.lease).adding(seconds: 1)
        let look: @Sendable (Store) async throws -> Void = { store in
            let nothing = JobClaim(worker: "other", names: [SampleJob.jobName], places: [:], leaseUntil: late)
            _ = try await store.exchange([], for: nothing, now: late)
        }
        let (queue, lease) = try await collide { store, _ in try await look(store) }
        try await look(queue.store)
        #expect(try await queue.job(lease.id)?.status == .cancelled)
    }
}
