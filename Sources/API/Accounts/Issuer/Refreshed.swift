import Core

/// A value from elsewhere that is kept for a while. Many who want it at once cause one fetch.
actor Refreshed<Value: Sendable> {
    private let terms: RefreshTerms
    private let now: @Sendable () -> Instant
    private let fetch: @Sendable () async throws -> Value
    private var known: (value: Value, at: Instant)?
    /// The last attempt, and what was wrong with it.
    private var tried: (at: Instant, failure: (any Error)?)?
    private var running: Task<Value, any Error>?

    init(
        _ terms: RefreshTerms, now: @escaping @Sendable () -> Instant,
        fetch: @escaping @Sendable () async throws -> Value
    ) {
        (self.terms, self.now, self.fetch) = (terms, now, fetch)
    }

    /// The value, fetched anew when it is old; an old one still counts while no newer can be had.
    func value() async throws -> Value {
        if let known, known.at.adding(seconds: terms.lifetime) > now() { return known.value }
        do {
            return try await refreshed()
        } catch {
            if let known, known.at.adding(seconds: terms.limit) > now() { return known.value }
            throw error
        }
    }

    /// The value, fetched anew unless that was tried within the least interval: strangers can ask for this.
    func refreshed() async throws -> Value {
        if let running { return try await running.value }
        if let tried, tried.at.adding(seconds: terms.interval) > now() {
            if let known, tried.failure == nil { return known.value }
            throw tried.failure ?? CancellationError()
        }
        // A task of its own, so that the fetch outlives the one who happened to start it.
        let task = Task { try await fetch() }
        running = task
        defer { running = nil }
        do {
            let value = try await task.value
            (known, tried) = ((value, now()), (now(), nil))
            return value
        } catch {
            tried = (now(), error)
            throw error
        }
    }
}

/// How long a value from elsewhere counts, in seconds.
struct RefreshTerms: Sendable {
    var lifetime: Int64 = 3600
    /// Between two attempts to fetch it.
    var interval: Int64 = 30
    /// After this even an old value counts no more.
    var limit: Int64 = 86_400
}
