import Core
import Foundation
import Jobs
import Synchronization
import TestSupport
import Testing

@Suite("Interrupted job", .timeLimit(.minutes(5)))
struct InterruptionTests {
    /// Runs until its task is cancelled.
    private func patient(_ place: Workplace) -> RegisteredJob {
        RegisteredJob(TestJob.self) { job, _ in
            place.journal.add("begun \(job.name)")
            try await Task.sleep(for: .seconds(100_000))
        }
    }

    @Test("is handed back at once on graceful shutdown, its attempt not counted, and another worker takes it")
    func shutdown() async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("long")

        try await place.during(try place.worker([patient(place)])) { await place.journal.wait(for: "begun long") }
        #expect(place.queue.settled.entries.map(\.outcome) == [.released])
        #expect(try await place.job(id)?.state.tries.done == 0)
        #expect(try await place.status(id) == .pending)

        let quick = RegisteredJob(TestJob.self) { _, _ in }
        try await place.during(try place.worker([quick], named: "two")) {
            #expect(await place.queue.outcomes(2).last == .done)
        }
    }

    @Test("is handed back when the worker's task is cancelled instead")
    func cancelledWorker() async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("long")
        let worker = try place.worker([patient(place)])

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            await place.journal.wait(for: "begun long")
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(try await place.status(id) == .pending)
        #expect(try await place.job(id)?.state.tries.done == 0)
    }

    @Test("that finishes its work all the same is done")
    func finishes() async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("brave")
        let brave = RegisteredJob(TestJob.self) { _, _ in
            place.journal.add("begun")
            try? await Task.sleep(for: .seconds(100_000))
        }

        try await place.during(try place.worker([brave])) { await place.journal.wait(for: "begun") }
        #expect(try await place.status(id) == .completed)
    }

    @Test("is cancelled at the next heartbeat after somebody asks for it")
    func cancel() async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("long")

        try await place.during(try place.worker([patient(place)])) {
            await place.journal.wait(for: "begun long")
            let steered = try await place.store.cancelJob(id, of: place.fixture.user, now: place.clock.stamp)
            #expect(steered.job.state.isCancelRequested)
            await place.clock.rest(2)
            place.clock.advance(by: .seconds(1))
            #expect(await place.queue.outcomes(1) == [.cancelled])
        }
        #expect(try await place.status(id) == .cancelled)
    }

    @Test("of a worker that slept past its lease is stopped, its report refused, and it ends once, elsewhere")
    func lostLease() async throws {
        let place = try await Workplace()
        try await place.enqueue("contested")
        let slow = RegisteredJob(TestJob.self) { _, context in
            place.journal.add("begun \(context.attempt)")
            if context.attempt == 1 { await place.journal.wait(for: "go on") }
        }
        // A worker whose heart does not beat is one that the machine has stopped.
        let stopped = try place.worker([slow], named: "stopped") {
            ($0.heartbeat, $0.concurrency) = (.seconds(1_000_000), 1)
        }

        try await place.during(stopped) {
            await place.journal.wait(for: "begun 1")
            try await place.during(try place.worker([slow], named: "healthy")) {
                await place.clock.rest(4)
                place.clock.advance(by: .seconds(4))
                #expect(await place.queue.outcomes(1) == [.done])
            }
            place.journal.add("go on")
            await place.queue.refused.wait { $0.count == 1 }
        }
        #expect(place.queue.settled.entries.count == 1)
        #expect(place.queue.settled.entries.first?.lease.token == 2)
    }

    @Test("that does not stop is settled after the grace, and keeps its place until it returns")
    func stubborn() async throws {
        let place = try await Workplace()
        let id = try await place.enqueue("stubborn")
        let stubborn = RegisteredJob(TestJob.self) { job, _ in
            place.journal.add("begun \(job.name)")
            // Not a child, so deaf to cancellation.
            if job.name == "stubborn" { await Task { await place.journal.wait(for: "return") }.value }
        }

        try await place.during(try place.worker([stubborn]) { ($0.concurrency, $0.lease) = (1, .seconds(1000)) }) {
            await place.journal.wait(for: "begun stubborn")
            _ = try await place.store.cancelJob(id, of: place.fixture.user, now: place.clock.stamp)
            while place.queue.settled.entries.isEmpty { await place.pass(seconds: 1, sleepers: 2) }
            #expect(place.queue.settled.entries.map(\.outcome) == [.cancelled])
            #expect(place.clock.stamp >= StoreFixture.start.adding(seconds: 6))
            try await place.enqueue("next")
            #expect(!place.journal.entries.contains("begun next"))
            place.journal.add("return")
            await place.journal.wait(for: "begun next")
        }
    }

    @Test("no lease is lost while jobs keep every thread busy")
    func busyThreads() async throws {
        let place = try await Workplace()
        for number in 0..<8 { try await place.enqueue("\(number)") }
        let greedy = RegisteredJob(TestJob.self) { _, _ in
            let end = ContinuousClock.now + .milliseconds(700)
            while ContinuousClock.now < end {}
        }
        var settings = WorkerSettings(name: "busy")
        (settings.concurrency, settings.lease, settings.heartbeat) = (8, .milliseconds(1500), .milliseconds(300))
        let worker = Worker(
            settings, registry: try JobRegistry([greedy]), ports: .init(queue: place.queue, waking: place.store),
            now: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }, logger: .silent)

        try await place.during(worker) {
            #expect(await place.queue.outcomes(8) == Array(repeating: .done, count: 8))
        }
        #expect(place.queue.refused.entries == [])
        #expect(place.queue.settled.entries.allSatisfy { $0.lease.token == 1 })
    }
}
