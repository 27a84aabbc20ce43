import Core
import Store
import TestSupport
import Testing

@Suite("Job and pages")
struct JobRevisionTests {
    private let start = StoreFixture.start

    @Test("every change of a job's state bumps its user's site, on the sections that show jobs; progress does not")
    func bumps() async throws {
        let queue = try await JobQueueFixture()
        var revision = try #require(try queue.revision())
        func expectBump(_ step: String) throws {
            revision += 1
            let head = try #require(try queue.store.withSnapshot(of: .user(queue.user)) { $0.head })
            #expect(head.revision == revision, "\(step)")
            let stamped = Section.allCases.filter { head.revision(of: $0) == revision }
            #expect(Set(stamped) == [.dashboard, .settings], "\(step)")
        }

        let id = try await queue.enqueue { $0.uniqueKey = "k" }
        try expectBump("enqueued")
        try await queue.enqueue { $0.uniqueKey = "k" }
        #expect(try queue.revision() == revision)
        let lease = try await queue.claimOne(at: start).lease
        try expectBump("claimed")
        _ = try await queue.store.extend([lease: 0.3], until: start.adding(seconds: 9), now: start)
        _ = try await queue.claim(at: start.adding(seconds: 1))
        #expect(try queue.revision() == revision)
        _ = try await queue.store.cancelJob(id, of: queue.user, now: start)
        try expectBump("asked to end")
        _ = try await queue.store.cancelJob(id, of: queue.user, now: start)
        #expect(try queue.revision() == revision)
        _ = try await queue.settle(lease, .cancelled, at: start)
        try expectBump("cancelled")
        _ = try await queue.settle(lease, .done, at: start)
        #expect(try queue.revision() == revision)
        _ = try await queue.store.retryJob(id, of: queue.user, now: start)
        try expectBump("again")
    }

    @Test("many jobs of one user in one exchange bump the site once")
    func once() async throws {
        let queue = try await JobQueueFixture()
        for number in 0..<5 { try await queue.enqueue(number) }
        let before = try #require(try queue.revision())
        let leases = try await queue.claim(at: start).map(\.lease)
        #expect(try queue.revision() == before + 1)

        _ = try await queue.store.exchange(leases.map { JobReport($0, .done) }, for: nil, now: start)
        #expect(try queue.revision() == before + 2)
    }

    @Test("wakes this process's workers once it is committed")
    func wakes() async throws {
        let queue = try await JobQueueFixture()
        let wakeUps = queue.store.wakeUps()
        try await queue.enqueue()

        for await _ in wakeUps { break }
        #expect(try await queue.claim(at: start).count == 1)
    }
}
