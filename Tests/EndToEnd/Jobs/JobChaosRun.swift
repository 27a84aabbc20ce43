import Core
import Foundation
import Glibc
import Store
import TestSupport

/// Runs tasks on one thread of its own, in order.
final class ChaosThread: TaskExecutor {
    private let thread = DispatchQueue(label: "chaos", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        thread.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Two workers on one database, killed and stopped at random while jobs are enqueued and cancelled.
struct JobChaosRun {
    /// A worker that was not heard of from this moment on.
    struct Silence {
        let worker: String
        let from: Instant
    }

    let fixture: StoreFixture
    let ledger: JobLedger
    private(set) var committed: Set<JobID> = []
    private(set) var deadly: Set<JobID> = []
    private(set) var silences: [Silence] = []
    private(set) var kills = 0
    private(set) var stops = 0
    private var workers: [WorkingProcess] = []
    private var started = 0
    private var stopped: (index: Int, until: Instant)?
    private var generator: SeededGenerator

    init(seed: UInt64) async throws {
        fixture = try await StoreFixture()
        ledger = try JobLedger(fixture.location)
        generator = SeededGenerator(seed: seed)
    }

    /// Lets chaos reign for so long, then peace until every job has ended, or 40 seconds have passed.
    mutating func run(seconds: Int64) async throws {
        workers = [try start(), try start()]
        let end = Instant.now.adding(seconds: seconds)
        var nextBlow = Instant.now.adding(seconds: 1)
        while Instant.now < end {
            try await enqueueSome()
            if Instant.now >= nextBlow {
                strike()
                nextBlow = Instant.now.adding(.milliseconds(Int.random(in: 300...1500, using: &generator)))
            }
            try replaceDead()
            try await Task.sleep(for: .milliseconds(30))
        }
        let deadline = Instant.now.adding(seconds: 40)
        while try ledger.open() > 0, Instant.now < deadline {
            try replaceDead()
            try await Task.sleep(for: .milliseconds(50))
        }
        try await finish()
    }

    private mutating func start() throws -> WorkingProcess {
        started += 1
        return try WorkingProcess(fixture, worker: "worker-\(started)")
    }

    private mutating func enqueueSome() async throws {
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            let kind = ChaosJob.Kind.allCases.randomElement(using: &generator) ?? .done
            let job = ChaosJob(kind, milliseconds: Int.random(in: 0...250, using: &generator))
            var terms = JobTerms(userID: fixture.user)
            terms.priority = Int.random(in: -1...1, using: &generator)
            committed.insert(try await fixture.store.enqueue(job, terms, now: .now))
        }
        if Int.random(in: 0..<150, using: &generator) == 0 {
            let id = try await fixture.store.enqueue(DeadlyJob(), JobTerms(userID: fixture.user), now: .now)
            committed.insert(id)
            deadly.insert(id)
        }
        if Int.random(in: 0..<10, using: &generator) == 0, let id = committed.randomElement(using: &generator) {
            _ = try await fixture.store.cancelJob(id, of: fixture.user, now: .now)
        }
    }

    /// One worker dies, or, when the other one is awake, stops for a while that may be longer than a lease.
    private mutating func strike() {
        let index = Int.random(in: 0..<workers.count, using: &generator)
        guard stopped?.index != index, workers[index].isRunning else { return }
        silences.append(Silence(worker: workers[index].worker, from: .now))
        if stopped != nil || Bool.random(using: &generator) {
            kills += 1
            workers[index].signal(SIGKILL)
        } else {
            stops += 1
            workers[index].signal(SIGSTOP)
            let length = Int.random(in: 500...6000, using: &generator)
            stopped = (index, Instant.now.adding(.milliseconds(length)))
        }
    }

    /// Wakes a stopped worker whose time has come; starts a new one in place of each that is dead.
    private mutating func replaceDead() throws {
        if let (index, until) = stopped, Instant.now >= until {
            workers[index].signal(SIGCONT)
            stopped = nil
        }
        for index in workers.indices where !workers[index].isRunning {
            if !silences.contains(where: { $0.worker == workers[index].worker }) {
                silences.append(Silence(worker: workers[index].worker, from: .now))
            }
            workers[index] = try start()
        }
    }

    private func finish() async throws {
        for worker in workers {
            worker.signal(SIGCONT)
            worker.signal(SIGTERM)
            _ = await worker.status()
        }
    }

    /// Lines that the workers wrote, by their first word.
    func effects() throws -> [String: [String]] {
        let text = try String(contentsOfFile: fixture.folder.path + "/effects", encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return Dictionary(grouping: lines.filter { $0.count == 2 }) { $0[0] }.mapValues { $0.map { $0[1] } }
    }
}
