import Core
import Jobs
import TestSupport
import Testing

@Suite("Worker", .timeLimit(.minutes(5)))
struct WorkerTests {
    @Test("performs what is enqueued at once, without waiting for its next look")
    func wakesUp() async throws {
        let place = try await Workplace()
        let worker = try place.worker([RegisteredJob(TestJob.self) { job, _ in place.journal.add(job.name) }])

        try await place.during(worker) {
            await place.clock.rest(2)
            let id = try await place.enqueue("one")
            #expect(await place.queue.outcomes(1) == [.done])
            #expect(try await place.status(id) == .completed)
        }
        #expect(place.journal.entries == ["one"])
    }

    @Test("looks by itself again and again when nobody wakes it")
    func polls() async throws {
        let place = try await Workplace()
        try await place.enqueue("later") { $0.runAt = StoreFixture.start.adding(seconds: 1) }
        let worker = try place.worker([RegisteredJob(TestJob.self) { job, _ in place.journal.add(job.name) }])

        try await place.during(worker) {
            await place.clock.rest(2)
            #expect(place.journal.entries == [])
            place.clock.advance(by: .seconds(1))
            #expect(await place.queue.outcomes(1) == [.done])
        }
    }

    @Test("runs no more of a queue at once than it has places, and a full queue holds up no other")
    func places() async throws {
        let place = try await Workplace()
        for number in 1...3 { try await place.enqueue("\(number)") }
        let slow = RegisteredJob(TestJob.self) { job, _ in
            place.journal.add("begun")
            await place.journal.wait(for: "go on")
        }
        let other = RegisteredJob(OtherJob.self) { _, _ in place.journal.add("other") }
        let worker = try place.worker([slow, other]) { $0.concurrency = 2 }

        try await place.during(worker) {
            await place.journal.wait(for: "begun", count: 2)
            for _ in 0..<5 { try await place.store.enqueue(OtherJob(), JobTerms(), now: place.clock.stamp) }
            await place.journal.wait(for: "other", count: 5)
            #expect(place.journal.entries.count { $0 == "begun" } == 2)
            place.journal.add("go on")
            await place.journal.wait(for: "begun", count: 3)
        }
    }

    @Test("keeps the lease of a long job, and stores its progress")
    func heartbeat() async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("long")
        let long = RegisteredJob(TestJob.self) { _, context in
            context.progress(0.25)
            place.journal.add("begun")
            await place.journal.wait(for: "end")
        }

        try await place.during(try place.worker([long])) {
            await place.journal.wait(for: "begun")
            await place.pass(seconds: 10, sleepers: 2)
            let state = try await place.job(id)?.state
            #expect(state?.progress == 0.25)
            #expect(state?.tries.done == 1)
            place.journal.add("end")
            #expect(await place.queue.outcomes(1) == [.done])
        }
        #expect(place.queue.refused.entries == [])
    }

    @Test("tries again after a rest what fails in passing, and ends with the reason when no attempt is left")
    func retries() async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("flaky")
        let failure = JobFailure(.transient, "Reddit does not answer.")
        let worker = try place.worker([RegisteredJob(TestJob.self) { _, _ in throw failure }])

        try await place.during(worker) {
            for rest in [10, 20] {
                #expect(await place.queue.outcomes(rest / 10).last == .retry(after: .seconds(rest), failure))
                await place.pass(seconds: rest - 1, sleepers: 2)
                #expect(place.queue.settled.entries.count == rest / 10)
                await place.pass(seconds: 2, sleepers: 2)
            }
            #expect(await place.queue.outcomes(3).last == .failed(failure))
        }
        let job = try #require(try await place.job(id))
        #expect(job.status == .failed)
        #expect(job.state.failure == failure)
        #expect(job.state.tries == Job.Tries(3, of: 3))
    }

    @Test("does not try again what cannot succeed", arguments: [FailureClass.structural, .quota, .blocked])
    func finalFailures(failureClass: FailureClass) async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("hopeless")
        let failure = JobFailure(failureClass, "It cannot be.")
        let worker = try place.worker([RegisteredJob(TestJob.self) { _, _ in throw failure }])

        try await place.during(worker) { #expect(await place.queue.outcomes(1) == [.failed(failure)]) }
        #expect(try await place.job(id)?.state.tries.done == 1)
    }

    @Test("ends a job that takes too long")
    func timeout() async throws {
        let place = try await Workplace()
        try await place.enqueue("endless")
        let endless = RegisteredJob(TestJob.self, timeout: .seconds(300)) { _, _ in
            place.journal.add("begun")
            try await place.clock.sleep(for: .seconds(1_000_000))
        }

        try await place.during(try place.worker([endless]) { $0.lease = .seconds(1000) }) {
            await place.journal.wait(for: "begun")
            await place.clock.rest(3)
            place.clock.advance(by: .seconds(300))
            let failure = JobFailure(.transient, "It took longer than 5 minutes.")
            #expect(await place.queue.outcomes(1) == [.retry(after: .seconds(10), failure)])
        }
    }

    @Test("a request that cannot be read fails, with its attempts used for nothing else")
    func unreadable() async throws {
        struct OldJob: JobRequest {
            static let jobName = TestJob.jobName
            static let queue = TestJob.queue
            let title: Int
        }
        let place = try await Workplace()
        try await place.store.enqueue(OldJob(title: 1), JobTerms(), now: place.clock.stamp)
        let worker = try place.worker([RegisteredJob(TestJob.self) { _, _ in place.journal.add("performed") }])

        try await place.during(worker) {
            guard case .failed(let failure) = await place.queue.outcomes(1)[0] else {
                Issue.record("it did not fail")
                return
            }
            #expect(failure.failureClass == .structural)
        }
        #expect(place.journal.entries == [])
    }

    @Test("a name registered twice is refused")
    func duplicate() {
        let job = RegisteredJob(TestJob.self) { _, _ in }
        #expect(throws: ValidationError(field: "job test", rule: "must be registered once")) {
            try JobRegistry([job, job])
        }
    }
}
