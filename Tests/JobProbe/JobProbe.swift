import Core
import Foundation
import Glibc
import Jobs
import Logging
import ServiceLifecycle
import Store
import TestSupport

/// A process that works until it is told to stop, or killed: `JobProbe <folder> <store> <worker>`. Every job that it performs to
/// its end, and every report that the queue refuses, is a line in `<folder>/effects`.
@main
enum JobProbe {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else { exit(2) }
        let effects = Effects(path: arguments[1] + "/effects")
        let store = try StoreFixture.open(arguments[2])
        var settings = WorkerSettings(name: arguments[3])
        settings.concurrency = 6
        let logger = Logger(label: "probe") { _ in SwiftLogNoOpLogHandler() }
        let worker = Worker(
            settings, registry: try JobRegistry(jobs(effects)),
            ports: .init(queue: TellingQueue(store: store, effects: effects), waking: store), now: now, logger: logger)
        let group = ServiceGroup(
            configuration: .init(services: [worker], gracefulShutdownSignals: [.sigterm], logger: logger))
        try await group.run()
    }

    private static let now: @Sendable () -> Instant = {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    private static func jobs(_ effects: Effects) -> [RegisteredJob] {
        [
            RegisteredJob(ChaosJob.self) { job, context in
                try await Task.sleep(for: .milliseconds(job.milliseconds))
                if job.kind == .hopeless { throw JobFailure(.structural, "It cannot be.") }
                if job.kind == .flaky, context.attempt % 2 == 1 { throw JobFailure(.transient, "Not now.") }
                effects.add("performed \(context.id)")
            },
            RegisteredJob(DeadlyJob.self) { _, _ in kill(getpid(), SIGKILL) },
        ]
    }
}

/// Lines appended to a file that several processes share.
private struct Effects {
    let path: String

    func add(_ line: String) {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        let bytes = Array((line + "\n").utf8)
        _ = write(file, bytes, bytes.count)
    }
}

/// The store's queue, telling what it refuses.
private struct TellingQueue: JobLeasing {
    let store: Store
    let effects: Effects

    func exchange(_ reports: [JobReport], for claim: JobClaim?, now: Instant) async throws -> JobExchange {
        let exchange = try await store.exchange(reports, for: claim, now: now)
        for lease in exchange.refused { effects.add("refused \(lease.id)") }
        return exchange
    }

    func extend(_ leases: [JobLease: Double?], until: Instant, now: Instant) async throws -> [JobLease: Bool] {
        try await store.extend(leases, until: until, now: now)
    }
}
