import Core
import Store
import TestSupport
import Testing

@Suite("Job queue")
struct JobQueueTests {
    private let start = StoreFixture.start

    @Test("hands out the highest priority first, then what could run first, and nothing before its time")
    func order() async throws {
        let queue = try await JobQueueFixture()
        let normal = try await queue.enqueue()
        let later = try await queue.enqueue { $0.runAt = start.adding(seconds: 10) }
        let soon = try await queue.enqueue { $0.runAt = start.adding(seconds: 5) }
        let urgent = try await queue.enqueue { ($0.priority, $0.runAt) = (5, start.adding(seconds: 7)) }
        let idle = try await queue.enqueue { $0.priority = -1 }

        let first = try await queue.claim(at: start)
        #expect(first.map(\.lease.id) == [normal, idle])
        for job in first { #expect(try await queue.settle(job.lease, .done, at: start)) }
        #expect(try await queue.claim(at: start.adding(seconds: 4)) == [])
        #expect(try await queue.claim(1, at: start.adding(seconds: 10)).map(\.lease.id) == [urgent])
        #expect(try await queue.claim(at: start.adding(seconds: 10)).map(\.lease.id) == [soon, later])
    }

    @Test("hands out no more than there are places in a queue, and only names that the worker knows")
    func places() async throws {
        let queue = try await JobQueueFixture()
        for number in 1...5 { try await queue.enqueue(number) }
        try await queue.enqueue(6) { $0.queue = .upkeep }
        let stranger = JobClaim(
            worker: "s", names: ["else"], places: [.standard: 9], leaseUntil: start.adding(seconds: 3))

        #expect(try await queue.store.exchange([], for: stranger, now: start).claimed == [])
        #expect(try await queue.claim(3, at: start).count == 3)
        #expect(try await queue.claim(3, of: .upkeep, at: start).map(\.data) == [#"{"number":6}"#])
        #expect(try await queue.claim(3, at: start).count == 2)
    }

    @Test("never gives a job to two workers that claim at the same time")
    func contention() async throws {
        let queue = try await JobQueueFixture()
        try await queue.store.enqueueAll((0..<200).map(SampleJob.init), JobTerms(), now: start)

        let claimed = try await withThrowingTaskGroup(of: [LeasedJob].self) { group in
            for worker in 0..<20 {
                group.addTask { try await queue.claim(10, by: "\(worker)", at: start) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 200)
        #expect(Set(claimed.map(\.lease.id)).count == 200)
    }

    @Test("keeps one job under a unique key while it waits or runs, and takes another after its end")
    func uniqueKey() async throws {
        let queue = try await JobQueueFixture()
        func ask() async throws -> JobID { try await queue.enqueue { $0.uniqueKey = "k" } }
        let first = try await ask()

        #expect(try await ask() == first)
        let claimed = try await queue.claimOne(at: start)
        #expect(try await ask() == first)
        #expect(try await queue.settle(claimed.lease, .done, at: start))
        #expect(try await ask() != first)
        #expect(try await queue.enqueue { $0.uniqueKey = "other" } != first)
    }

    @Test("keeps one job under a unique key when many ask at once")
    func uniqueKeyContention() async throws {
        let queue = try await JobQueueFixture()
        let ids = try await withThrowingTaskGroup(of: JobID.self) { group in
            for number in 0..<50 { group.addTask { try await queue.enqueue(number) { $0.uniqueKey = "k" } } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(try await queue.claim(at: start).count == 1)
    }

    @Test("takes no request that is an object rather than ids, and nothing else of that transaction")
    func oversized() async throws {
        struct HugeJob: JobRequest {
            static let jobName = "huge"
            let text: String
        }
        let queue = try await JobQueueFixture()
        let huge = HugeJob(text: String(repeating: "x", count: 70_000))
        let slot = JobSlot("t", at: start)

        await #expect(throws: ValidationError.self) {
            try await queue.store.fire(huge, JobTerms(), slot: slot, now: start)
        }
        #expect(try await queue.store.fire(SampleJob(number: 1), JobTerms(), slot: slot, now: start) != nil)
    }

    @Test("counts jobs by queue and state, and says since when the first one could have run")
    func figures() async throws {
        let queue = try await JobQueueFixture()
        try await queue.enqueue()
        try await queue.enqueue { $0.runAt = start.adding(seconds: 60) }
        try await queue.enqueue { $0.queue = .upkeep }
        _ = try await queue.claim(of: .upkeep, at: start)

        #expect(
            try await queue.store.queueFigures(now: start.adding(seconds: 30)) == [
                QueueFigures(queue: .standard, counts: [.pending: 2], dueSince: start),
                QueueFigures(queue: .upkeep, counts: [.processing: 1], dueSince: nil),
            ])
    }
}
