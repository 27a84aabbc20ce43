import Core
import Synchronization

/// Counts attempts per key: so many at once, then evenly so many in the given time. In memory, bounded, forgotten at
/// restart.
final class Throttle: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let capacity: Double
    private let perMillisecond: Double
    private let limit: Int
    private let now: @Sendable () -> Instant
    private let buckets = Mutex<[String: Bucket]>([:])

    /// `count` in so many minutes.
    init(
        _ count: Int = 10, inMinutes minutes: Int = 1, limit: Int = 10_000, now: @escaping @Sendable () -> Instant
    ) {
        (capacity, perMillisecond) = (Double(count), Double(count) / Double(minutes * 60_000))
        (self.limit, self.now) = (limit, now)
    }

    /// Takes one attempt, or throws the refusal that says how long to wait.
    func take(_ key: String) throws(APIFailure) {
        let now = now()
        let missing = buckets.withLock { buckets -> Double in
            if buckets.count >= limit { forget(&buckets, now) }
            var bucket = buckets[key] ?? Bucket(tokens: capacity, at: now)
            bucket.tokens = filled(bucket, now)
            bucket.at = now
            defer { buckets[key] = bucket }
            guard bucket.tokens >= 1 else { return 1 - bucket.tokens }
            bucket.tokens -= 1
            return 0
        }
        guard missing > 0 else { return }
        throw .tooOften(retryAfter: max(1, Int((missing / perMillisecond / 1000).rounded(.up))))
    }

    private func filled(_ bucket: Bucket, _ now: Instant) -> Double {
        min(capacity, bucket.tokens + Double(max(0, now.milliseconds - bucket.at.milliseconds)) * perMillisecond)
    }

    /// Drops full buckets, which say nothing; if all are in use, everything: under such an attack the queue of the
    /// password hasher is the limit.
    private func forget(_ buckets: inout [String: Bucket], _ now: Instant) {
        buckets = buckets.filter { filled($0.value, now) < capacity }
        if buckets.count >= limit { buckets.removeAll(keepingCapacity: true) }
    }
}
