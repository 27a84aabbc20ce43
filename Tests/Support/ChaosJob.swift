import Core

/// A job of the tests that kill workers.
package struct ChaosJob: JobRequest, Hashable {
    package static let jobName = "chaos"
    package static let queue = JobQueue(rawValue: "chaos")
    package static let retry: RetryPolicy = .attempts(100, restingFrom: .milliseconds(50), upTo: .milliseconds(300))

    package enum Kind: String, Codable, Sendable, CaseIterable {
        case done
        /// Fails in passing on every other attempt.
        case flaky
        /// Fails for good.
        case hopeless
    }

    package let kind: Kind
    /// How long an attempt takes.
    package let milliseconds: Int

    package init(_ kind: Kind, milliseconds: Int) {
        (self.kind, self.milliseconds) = (kind, milliseconds)
    }
}

/// A job that kills the process which performs it.
package struct DeadlyJob: JobRequest {
    package static let jobName = "deadly"
    package static let queue = JobQueue(rawValue: "deadly")
    package static let retry: RetryPolicy = .attempts(3, restingFrom: .zero, upTo: .zero)

    package init() {}
}
