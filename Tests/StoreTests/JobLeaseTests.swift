import Core
import Store
import TestSupport
import Testing

@Suite("Job lease")
struct JobLeaseTests {
    private let start = StoreFixture.start

    @Test("settles a job once", arguments: [JobOutcome.done, .cancelled, .failed(JobFailure(.blocked, "No."))])
    func once(outcome: JobOutcome) async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        let lease = try await queue.claimOne(at: start).lease

        #expect(try await queue.settle(lease, outcome, at: start.adding(seconds: 1)))
        let settled = try await queue.job(id)
        #expect(settled?.status.isFinal == true)
        #expect(settled?.times.completedAt == start.adding(seconds: 1))
        for late in [outcome, .done, .released, .retry(after: .zero, JobFailure(.transient, "Late."))] {
            #expect(try await queue.settle(lease, late, at: start.adding(seconds: 2)) == false)
        }
        #expect(try await queue.job(id) == settled)
    }

    @Test("that ran out goes to whoever claims next, and the late report is refused")
    func takenOver() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        let old = try await queue.claimOne(at: start)

        #expect(try await queue.claim(by: "two", at: start.adding(seconds: 2)) == [])
        let new = try await queue.claimOne(by: "two", at: start.adding(seconds: 3))
        #expect(new.lease.id == id && new.lease.token > old.lease.token && new.attempt == 2)
        #expect(try await queue.settle(old.lease, .done, at: start.adding(seconds: 3)) == false)
        #expect(try await queue.job(id)?.status == .processing)
        #expect(try await queue.settle(new.lease, .done, at: start.adding(seconds: 3)))
        #expect(try await queue.job(id)?.state.failure == nil)
    }

    @Test("is kept by heartbeats, which also store progress and say who else holds nothing any more")
    func heartbeats() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        let lease = try await queue.claimOne(at: start).lease
        let gone = JobLease(id, token: lease.token + 1)

        for second in Int64(2)...6 {
            let now = start.adding(seconds: second)
            let held = try await queue.store.extend(
                [lease: 0.5, gone: 0.9], until: now.adding(JobQueueFixture.lease), now: now)
            #expect(held == [lease: false])
            #expect(try await queue.claim(by: "two", at: now.adding(seconds: 1)) == [])
        }
        #expect(try await queue.job(id)?.state.progress == 0.5)
    }

    @Test("handed back costs no attempt and no place in line")
    func released() async throws {
        let queue = try await JobQueueFixture()
        let first = try await queue.enqueue(1)
        let lease = try await queue.claimOne(at: start.adding(seconds: 1)).lease
        try await queue.enqueue(2) { $0.runAt = start.adding(seconds: 1) }

        #expect(try await queue.settle(lease, .released, at: start.adding(seconds: 2)))
        let claimed = try await queue.claim(at: start.adding(seconds: 2))
        #expect(claimed.first?.lease.id == first)
        #expect(claimed.map(\.attempt) == [1, 1])
    }

    @Test("given up for another attempt waits its rest and shows why")
    func retried() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        let lease = try await queue.claimOne(at: start).lease
        let failure = JobFailure(.transient, "Reddit does not answer.\u{0}\n\u{1B}[31m")

        #expect(try await queue.settle(lease, .retry(after: .seconds(30), failure), at: start))
        let job = try await queue.job(id)
        #expect(job?.status == .pending)
        #expect(job?.state.failure == JobFailure(.transient, "Reddit does not answer.   [31m"))
        #expect(try await queue.claim(at: start.adding(seconds: 29)) == [])
        #expect(try await queue.claimOne(at: start.adding(seconds: 30)).attempt == 2)
    }

    @Test("lost again and again ends the job, with a reason; the last attempt is in isolation")
    func poison() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()

        #expect(try await queue.claimOne(at: start).attempt == 1)
        #expect(try await queue.claimOne(at: start.adding(seconds: 10)).attempt == 2)
        #expect(try await queue.claim(at: start.adding(seconds: 20)) == [])
        #expect(try await queue.claimOne(of: .isolated, at: start.adding(seconds: 20)).attempt == 3)
        #expect(try await queue.claim(of: .isolated, at: start.adding(seconds: 30)) == [])
        let job = try #require(try await queue.job(id))
        #expect(job.status == .failed)
        #expect(job.state.failure == JobFailure(.structural, "Kapture stopped while this ran, and no attempt is left."))
    }

    @Test("a batch settles what is still held, whatever else is in it")
    func batches() async throws {
        let queue = try await JobQueueFixture()
        for number in 0..<6 { try await queue.enqueue(number) }
        let leases = try await queue.claim(at: start).map(\.lease)
        let failure = JobFailure(.transient, "Busy.")
        let stale = JobLease(leases[5].id, token: 0)
        let outcomes: [(JobLease, JobOutcome)] = [
            (leases[0], .done), (leases[1], .done), (leases[2], .released),
            (leases[3], .retry(after: .seconds(1), failure)), (leases[4], .failed(failure)), (stale, .done),
        ]

        let exchange = try await queue.store.exchange(
            outcomes.map { JobReport($0.0, $0.1) }, for: nil, now: start.adding(seconds: 1))
        #expect(exchange.refused == [stale])
        var statuses: [JobStatus?] = []
        for lease in leases { statuses.append(try await queue.job(lease.id)?.status) }
        #expect(statuses == [.completed, .completed, .pending, .pending, .failed, .processing])
    }
}
