import Core
import Store
import TestSupport
import Testing

@Suite("Steered job")
struct JobSteeringTests {
    private let start = StoreFixture.start

    @Test("that waits is cancelled at once and never runs")
    func cancelWaiting() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        let steered = try await queue.store.cancelJob(id, of: queue.user, now: start)

        #expect(steered.job.status == .cancelled)
        #expect(steered.change?.revision == (try queue.revision()))
        #expect(try await queue.claim(at: start.adding(seconds: 9)) == [])
    }

    @Test("that runs is asked to end: it does not go back in line, but may still finish")
    func cancelRunning() async throws {
        let queue = try await JobQueueFixture()
        let failure = JobFailure(.transient, "Busy.")
        for (outcome, expected) in [
            (JobOutcome.released, JobStatus.cancelled), (.retry(after: .zero, failure), .cancelled),
            (.cancelled, .cancelled), (.done, .completed), (.failed(failure), .failed),
        ] {
            let id = try await queue.enqueue()
            let lease = try await queue.claimOne(at: start).lease
            _ = try await queue.store.cancelJob(id, of: queue.user, now: start)
            let held = try await queue.store.extend([lease: nil], until: start.adding(seconds: 3), now: start)
            #expect(held == [lease: true])
            #expect(try await queue.settle(lease, outcome, at: start))
            #expect(try await queue.job(id)?.status == expected, "\(outcome)")
        }
    }

    @Test("asked to end is cancelled when its worker is never heard of again")
    func cancelLost() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        _ = try await queue.claimOne(at: start)
        _ = try await queue.store.cancelJob(id, of: queue.user, now: start)

        #expect(try await queue.claim(at: start.adding(seconds: 5)) == [])
        #expect(try await queue.job(id)?.status == .cancelled)
    }

    @Test("that has ended is not changed by a cancel, nor one that waits by a retry")
    func unchanged() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        #expect(try await queue.store.retryJob(id, of: queue.user, now: start).change == nil)
        let lease = try await queue.claimOne(at: start).lease
        #expect(try await queue.store.retryJob(id, of: queue.user, now: start).change == nil)
        _ = try await queue.settle(lease, .done, at: start)
        let before = try await queue.job(id)

        #expect(try await queue.store.cancelJob(id, of: queue.user, now: start.adding(seconds: 1)).change == nil)
        #expect(try await queue.store.retryJob(id, of: queue.user, now: start.adding(seconds: 1)).change == nil)
        #expect(try await queue.job(id) == before)
    }

    @Test("that failed starts over with all its attempts")
    func retry() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        let lease = try await queue.claimOne(at: start).lease
        _ = try await queue.settle(lease, .failed(JobFailure(.quota, "Used up.")), at: start)
        let steered = try await queue.store.retryJob(id, of: queue.user, now: start.adding(seconds: 5))

        #expect(steered.job.status == .pending)
        #expect(steered.job.state.failure == nil)
        #expect(steered.job.state.tries == Job.Tries(0, of: 3))
        let again = try await queue.claimOne(at: start.adding(seconds: 5))
        #expect(again.attempt == 1 && again.lease.token > lease.token)
        #expect(try await queue.settle(lease, .done, at: start.adding(seconds: 5)) == false)
    }

    @Test("is not started over beside another with its unique key")
    func retryBeside() async throws {
        let queue = try await JobQueueFixture()
        let old = try await queue.enqueue { $0.uniqueKey = "k" }
        _ = try await queue.store.cancelJob(old, of: queue.user, now: start)
        try await queue.enqueue { $0.uniqueKey = "k" }

        #expect(try await queue.store.retryJob(old, of: queue.user, now: start).change == nil)
        #expect(try await queue.claim(at: start).count == 1)
    }

    @Test("is nobody's but its user's")
    func strangers() async throws {
        let queue = try await JobQueueFixture()
        let id = try await queue.enqueue()
        let own = try await queue.enqueue { $0.userID = nil }
        let password = PasswordHash(encoded: "none")
        let other = try #require(
            try await queue.store.createUser(
                NewUser(email: "other@example.com", name: nil, password: password, isOperator: false), now: start))

        for (job, user) in [(id, other), (own, other), (own, queue.user)] {
            #expect(try await queue.store.job(job, of: user) == nil)
            let missing = StoreFailure.missing("job \(job)")
            await #expect(throws: missing) { try await queue.store.cancelJob(job, of: user, now: start) }
            await #expect(throws: missing) { try await queue.store.retryJob(job, of: user, now: start) }
        }
        #expect(try await queue.store.jobs(of: other, JobFilter(), Paging()).total == 0)
        #expect(try await queue.claim(at: start).count == 2)
    }

    @Test("is listed newest first, by page, state and name")
    func listing() async throws {
        let queue = try await JobQueueFixture()
        var ids: [JobID] = []
        for number in 0..<5 {
            ids.append(
                try await queue.store.enqueue(
                    SampleJob(number: number), JobTerms(userID: queue.user), now: start.adding(seconds: Int64(number))))
        }
        _ = try await queue.store.cancelJob(ids[2], of: queue.user, now: start)

        let page = try await queue.store.jobs(of: queue.user, JobFilter(), Paging(page: 2, limit: 2))
        #expect(page.items.map(\.id) == [ids[2], ids[1]])
        #expect(page.total == 5)
        var filter = JobFilter()
        filter.statuses = [.cancelled, .failed]
        #expect(try await queue.store.jobs(of: queue.user, filter, Paging()).items.map(\.id) == [ids[2]])
        filter.name = "else"
        #expect(try await queue.store.jobs(of: queue.user, filter, Paging()).total == 0)
    }
}
