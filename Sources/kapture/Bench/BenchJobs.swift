import ArgumentParser
import Core
import Foundation
import Jobs
import Logging
import ServiceLifecycle
import Store

struct BenchJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Jobs claimed and completed, against SQLite claiming and completing bare rows.",
        discussion: """
            The floor is the queue's own table claimed and completed by raw SQL, 100 rows in each of two transactions; \
            the bare floor is the same with rows of an id, a state and a time and one index. "queue" is the store \
            alone, as a worker asks it: the endings of one batch and the claim of the next in one transaction. \
            "worker" is everything: registry, leases, heartbeats, a job that does nothing.
            """)

    @Option(help: "Jobs a round.")
    var jobs = 20_000

    @Option(help: "Rounds; the median counts.")
    var rounds = 5

    func run() async throws {
        let folder = NSTemporaryDirectory() + "kapture-bench-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (bare, floor) = (try BareJobFloor(folder + "/bare.db"), try JobFloor(folder + "/floor.db"))
        let store = try Store(sqlite: folder + "/kapture.db")
        var rates: [String: [Double]] = [:]
        for _ in 0..<rounds {
            try bare.fill(jobs)
            rates["bare floor", default: []].append(try rate { try bare.drain(batch: 100) })
            try floor.fill(jobs)
            rates["floor", default: []].append(try rate { try floor.drain(batch: 100) })
            try await fill(store)
            rates["queue", default: []].append(try await rate { try await drain(store) })
            try await fill(store)
            rates["worker", default: []].append(try await rate { try await work(store) })
        }
        show(rates.mapValues(median))
    }

    private func fill(_ store: Store) async throws {
        for _ in 0..<jobs / 1000 {
            try await store.enqueueAll((0..<1000).map { _ in IdleJob() }, JobTerms(), now: Clock.now())
        }
    }

    /// Completes 100 and claims the next 100, until nothing is left.
    private func drain(_ store: Store) async throws {
        var reports: [JobReport] = []
        repeat {
            let now = Clock.now()
            let claim = JobClaim(
                worker: "bench", names: [IdleJob.jobName], places: [IdleJob.queue: 100],
                leaseUntil: now.adding(seconds: 60))
            let exchange = try await store.exchange(reports, for: claim, now: now)
            guard exchange.refused.isEmpty else { throw ValidationError(field: "bench", rule: "must lose no lease") }
            reports = exchange.claimed.map { JobReport($0.lease, .done) }
        } while !reports.isEmpty
    }

    /// A worker that does nothing, 100 times at once, until all of it is done.
    private func work(_ store: Store) async throws {
        var settings = WorkerSettings(name: "bench")
        settings.places[IdleJob.queue] = 100
        let left = Countdown(jobs / 1000 * 1000)
        let idle = RegisteredJob(IdleJob.self) { _, _ in left.countDown() }
        let worker = Worker(
            settings, registry: try JobRegistry([idle]), ports: .init(queue: store, waking: store), now: Clock.now,
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        let group = ServiceGroup(
            configuration: .init(services: [worker], logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            await left.reached()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        let open = try await store.queueFigures(now: Clock.now()).map { $0.counts[.pending, default: 0] }
        guard open.allSatisfy({ $0 == 0 }) else { throw ValidationError(field: "bench", rule: "must finish every job") }
    }

    private func rate(_ body: () async throws -> Void) async rethrows -> Double {
        let started = ContinuousClock.now
        try await body()
        return Double(jobs / 1000 * 1000) / (ContinuousClock.now - started).seconds
    }

    private func rate(_ body: () throws -> Void) rethrows -> Double {
        let started = ContinuousClock.now
        try body()
        return Double(jobs / 1000 * 1000) / (ContinuousClock.now - started).seconds
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func show(_ rates: [String: Double]) {
        let floor = rates["floor"] ?? 1
        for name in ["bare floor", "floor", "queue", "worker"] {
            let rate = rates[name] ?? 0
            Terminal.write("\(name): \(Int(rate)) jobs/s, \((rate / floor).rounded(to: 2)) of the floor")
        }
    }
}

private struct IdleJob: JobRequest {
    static let jobName = "idle"
    static let queue = JobQueue(rawValue: "bench")
}
