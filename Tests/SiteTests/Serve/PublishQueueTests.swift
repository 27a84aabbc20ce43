import Core
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Site

@Suite("Publish queue")
struct PublishQueueTests {
    private let site = SiteName.user(UserID(rawValue: "anna"))
    private let other = SiteName.user(UserID(rawValue: "boris"))

    /// Publishes that wait until they are let go, each with the next revision.
    private final class Gate: Sendable {
        private let started = DispatchSemaphore(value: 0)
        private let allowed = DispatchSemaphore(value: 0)
        private let runs = Mutex<[SiteName: Int]>([:])
        private let failing = Mutex<Set<Int>>([])

        var total: Int { runs.withLock { $0.values.reduce(0, +) } }
        func runs(of site: SiteName) -> Int { runs.withLock { $0[site] ?? 0 } }
        func fail(run: Int) { failing.withLock { _ = $0.insert(run) } }
        func open(_ count: Int = 1) { for _ in 0..<count { allowed.signal() } }

        func publish(_ site: SiteName) throws -> Publication? {
            let run = runs.withLock { runs in
                runs[site, default: 0] += 1
                return runs[site] ?? 0
            }
            started.signal()
            allowed.wait()
            if failing.withLock({ $0.contains(run) }) {
                throw FileFailure(operation: "write", path: "/run\(run)", code: 28)
            }
            let manifest = Manifest(revision: Int64(run), dueAt: nil, pages: [:], dropped: [])
            return Publication(key: "k", manifest: manifest)
        }

        func nextStart() async {
            await withCheckedContinuation { continuation in
                Thread {
                    self.started.wait()
                    continuation.resume()
                }.start()
            }
        }
    }

    private func ask(_ queue: PublishQueue, _ site: SiteName) async throws -> Int64? {
        try await queue.publish(site, within: .seconds(60))?.manifest.revision
    }

    /// Waits until so many have joined, by asking the queue itself.
    private func settle(_ queue: PublishQueue, _ site: SiteName, _ count: Int) async {
        while queue.waiters(of: site) < count { await Task.yield() }
    }

    @Test("Whoever asks while a publish runs shares the one that starts after it")
    func coalescing() async throws {
        let gate = Gate()
        let queue = PublishQueue { try gate.publish($0) }
        async let first = ask(queue, site)
        await gate.nextStart()

        async let others = withThrowingTaskGroup(of: Int64?.self) { group in
            for _ in 0..<20 { group.addTask { try await ask(queue, site) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        await settle(queue, site, 20)
        gate.open(2)

        #expect(try await first == 1)
        #expect(try await others == Array(repeating: 2, count: 20), "never the one that had begun before they asked")
        #expect(gate.total == 2)
    }

    @Test("Two sites are published side by side")
    func sideBySide() async throws {
        let gate = Gate()
        let queue = PublishQueue(threads: 2) { try gate.publish($0) }
        async let first = ask(queue, site)
        async let second = ask(queue, other)
        await gate.nextStart()
        await gate.nextStart()
        #expect(gate.runs(of: site) == 1 && gate.runs(of: other) == 1)
        gate.open(2)
        #expect(try await first == 1)
        #expect(try await second == 1)
    }

    @Test("A publish that fails fails for those who waited for it, and the next one runs")
    func failing() async throws {
        let gate = Gate()
        let queue = PublishQueue { try gate.publish($0) }
        gate.fail(run: 1)
        async let first = ask(queue, site)
        await gate.nextStart()
        async let second = ask(queue, site)
        await settle(queue, site, 1)
        gate.open(2)
        do {
            _ = try await first
            Issue.record("the first publish did not fail")
        } catch {
            #expect(error as? FileFailure == FileFailure(operation: "write", path: "/run1", code: 28))
        }
        #expect(try await second == 2)
        gate.open()
        #expect(try await ask(queue, site) == 3)
    }

    @Test("Whoever is out of patience goes away, the publish goes on")
    func patience() async throws {
        let gate = Gate()
        let queue = PublishQueue { try gate.publish($0) }
        await #expect(throws: PublishTimeout.self) { try await queue.publish(site, within: .milliseconds(20)) }
        await gate.nextStart()
        async let later = ask(queue, site)
        await settle(queue, site, 1)
        gate.open(2)
        #expect(try await later == 2)
        #expect(gate.runs(of: site) == 2)
    }

    @Test("Blocking work of readers runs on the same threads and returns its value or its error")
    func performing() async throws {
        struct Mine: Error {}
        let queue = PublishQueue { _ in nil }
        #expect(try await queue.perform { 7 } == 7)
        await #expect(throws: Mine.self) { try await queue.perform { throw Mine() } }
        #expect(try await queue.publish(site, within: .seconds(60)) == nil)
    }
}
