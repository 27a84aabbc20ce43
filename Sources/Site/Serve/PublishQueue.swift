import Core
import Foundation
import Synchronization

/// Runs publishes on threads of its own: each site has at most one running and one waiting publish, and whoever asks
/// waits for the first that starts after the question.
package final class PublishQueue: Sendable {
    private let publish: @Sendable (SiteName) throws -> Publication?
    private let threads: OperationQueue
    private let waiting = Mutex<[SiteName: [Waiter]]>([:])

    package init(threads count: Int = 2, publish: @escaping @Sendable (SiteName) throws -> Publication?) {
        self.publish = publish
        threads = OperationQueue()
        threads.name = "publish"
        threads.maxConcurrentOperationCount = count
    }

    /// Publishes the site and returns its manifest, or throws what went wrong, or `PublishTimeout` when it takes longer
    /// than `limit`; the publish itself then goes on.
    package func publish(_ site: SiteName, within limit: Duration) async throws -> Publication? {
        try await withCheckedThrowingContinuation { continuation in
            let waiter = Waiter(continuation)
            join(site, waiter)
            let (seconds, attoseconds) = limit.components
            let delay = Double(seconds) + Double(attoseconds) / 1e18
            DispatchQueue.global().asyncAfter(deadline: .now() + delay) {
                waiter.resume(with: .failure(PublishTimeout(site: site)))
            }
        }
    }

    /// Runs blocking work on the publishing threads.
    func perform<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            threads.addOperation { continuation.resume(with: Result { try body() }) }
        }
    }

    /// How many wait for a publish of this site that has not begun.
    func waiters(of site: SiteName) -> Int {
        waiting.withLock { $0[site]?.count ?? 0 }
    }

    private func join(_ site: SiteName, _ waiter: Waiter) {
        let isFirst = waiting.withLock { waiting in
            guard waiting[site] == nil else {
                waiting[site]?.append(waiter)
                return false
            }
            waiting[site] = []
            return true
        }
        if isFirst { threads.addOperation { self.run(site, for: [waiter]) } }
    }

    private func run(_ site: SiteName, for waiters: [Waiter]) {
        let outcome = Result { try publish(site) }
        let next = waiting.withLock { waiting in
            let next = waiting[site] ?? []
            waiting[site] = next.isEmpty ? nil : []
            return next
        }
        for waiter in waiters { waiter.resume(with: outcome) }
        if !next.isEmpty { threads.addOperation { self.run(site, for: next) } }
    }
}

package struct PublishTimeout: Error, Sendable {
    package let site: SiteName
}

/// A continuation that is resumed once, by whoever comes first.
private final class Waiter: Sendable {
    private let continuation: Mutex<CheckedContinuation<Publication?, any Error>?>

    init(_ continuation: CheckedContinuation<Publication?, any Error>) {
        self.continuation = Mutex(continuation)
    }

    func resume(with outcome: Result<Publication?, any Error>) {
        let continuation = continuation.withLock { stored in
            defer { stored = nil }
            return stored
        }
        continuation?.resume(with: outcome)
    }
}
