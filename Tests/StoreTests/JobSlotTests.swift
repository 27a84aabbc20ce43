import Core
import Store
import TestSupport
import Testing

@Suite("Schedule slot")
struct JobSlotTests {
    private let start = StoreFixture.start

    @Test("fires once, however many try at the same moment")
    func once() async throws {
        let queue = try await JobQueueFixture()
        let slot = JobSlot("clean", at: start)
        let fired = try await withThrowingTaskGroup(of: JobID?.self) { group in
            for number in 0..<30 {
                group.addTask {
                    try await queue.store.fire(SampleJob(number: number), JobTerms(), slot: slot, now: start)
                }
            }
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(fired.count == 1)
        #expect(try await queue.claim(at: start).map(\.lease.id) == fired)
    }

    @Test("of another task, or later, fires too; one earlier than what has fired does not")
    func others() async throws {
        let queue = try await JobQueueFixture()
        func fire(_ task: String, hours: Double) async throws -> Bool {
            let slot = JobSlot(task, at: start.adding(hours: hours))
            return try await queue.store.fire(SampleJob(number: 1), JobTerms(), slot: slot, now: start) != nil
        }

        #expect(try await fire("one", hours: 1))
        #expect(try await fire("two", hours: 1))
        #expect(try await fire("one", hours: 2))
        #expect(try await fire("one", hours: 1) == false)
        #expect(try await fire("one", hours: 2) == false)
        for day in 1...20 { #expect(try await fire("one", hours: Double(day * 24))) }
        #expect(try await fire("one", hours: 2) == false, "however long ago it was")
    }

    @Test("that was due before its task was first seen does not fire; the next one does")
    func introduced() async throws {
        let queue = try await JobQueueFixture()
        let (past, next) = (JobSlot("new", at: start.adding(hours: -3)), JobSlot("new", at: start.adding(hours: 1)))
        let job = SampleJob(number: 1)

        try await queue.store.introduce("new", slot: past.runAt, now: start)
        #expect(try await queue.store.fire(job, JobTerms(), slot: past, now: start) == nil)
        #expect(try await queue.store.fire(job, JobTerms(), slot: next, now: start) != nil)
        try await queue.store.introduce("new", slot: start.adding(hours: 9), now: start)
        let later = JobSlot("new", at: start.adding(hours: 2))
        #expect(try await queue.store.fire(job, JobTerms(), slot: later, now: start) != nil)
    }
}
