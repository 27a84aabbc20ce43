import Core

/// Counts attempts at signing in and up by key, exactly and over all processes: ten within each whole minute of UTC.
struct Throttle: Sendable {
    let permits: any PermitLeasing
    let now: @Sendable () -> Instant
    var limit = 10

    /// Takes one attempt, or throws the refusal that says how long to wait. Attempts that are refused do not count.
    func take(_ key: String) async throws {
        let now = now()
        let demand = PermitDemand("attempt:\(key)", in: RateLimit.window(at: now), units: 1, limit: limit)
        guard try await permits.lease([demand]).first?.units == 1 else {
            throw APIFailure.tooOften(retryAfter: RateLimit.secondsLeft(at: now))
        }
    }
}
