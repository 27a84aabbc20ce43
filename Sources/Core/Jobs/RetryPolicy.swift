/// How often a job is tried and how long it rests between: `.attempts(5, restingFrom: .seconds(2), upTo: .seconds(600))`.
package struct RetryPolicy: Sendable, Hashable {
    /// All of them, the first included; at least 1.
    package let attempts: Int
    private let firstRest: Duration
    private let longestRest: Duration

    package static let standard: RetryPolicy = .attempts(5, restingFrom: .seconds(4), upTo: .seconds(600))
    /// Never tried again, not even when the program stopped while it ran.
    package static let once: RetryPolicy = .attempts(1, restingFrom: .zero, upTo: .zero)

    /// The rest doubles after every attempt, up to the longest.
    package static func attempts(_ count: Int, restingFrom first: Duration, upTo longest: Duration) -> RetryPolicy {
        RetryPolicy(attempts: max(1, count), firstRest: first, longestRest: longest)
    }

    private init(attempts: Int, firstRest: Duration, longestRest: Duration) {
        (self.attempts, self.firstRest, self.longestRest) = (attempts, firstRest, longestRest)
    }

    /// Full jitter: evenly anywhere between nothing and the doubled rest, so that jobs which failed together do not come
    /// back together. `chance` is 0–1. Source: AWS Architecture Blog, "Exponential Backoff and Jitter".
    package func rest(after attempt: Int, chance: Double) -> Duration {
        let doublings = min(max(attempt - 1, 0), 30)
        return min(longestRest, firstRest * (1 << doublings)) * min(max(chance, 0), 1)
    }
}
