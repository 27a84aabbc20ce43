import Core
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import API

@Suite("Rate limiter")
struct RateLimiterTests {
    private let clock = ManualClock()
    private let key = RateKey.address("192.0.2.7")

    private func limiter(_ limit: Int, _ permits: any PermitLeasing, capacity: Int = 100) -> RateLimiter {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return RateLimiter(
            RateLimit(limit), permits: permits, logger: logger, capacity: capacity, now: clock.read)
    }

    /// Runs `body` while the limiters' loops run.
    private func running<Value: Sendable>(
        _ limiters: [RateLimiter], _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            for limiter in limiters {
                group.addTask {
                    try await limiter.run()
                    return nil
                }
            }
            for limiter in limiters { await limiter.hasStarted() }
            group.addTask { try await body() }
            while let ended = try await group.next() {
                guard let value = ended else { continue }
                group.cancelAll()
                return value
            }
            throw CancellationError()
        }
    }

    private func allowed(_ count: Int, _ limiter: RateLimiter) async -> Int {
        var allowed = 0
        for _ in 0..<count where await limiter.take(key).isAllowed { allowed += 1 }
        return allowed
    }

    @Test("lets exactly the limit through in a window, and again in the next", arguments: [1, 7, 10, 25, 100])
    func alone(limit: Int) async throws {
        let limiter = limiter(limit, LocalPermits())
        let (clock, key) = (clock, key)

        try await running([limiter]) {
            #expect(await allowed(limit * 2, limiter) == limit)
            let refused = await limiter.take(key)
            #expect(refused == RateStanding(isAllowed: false, remaining: 0, seconds: 40))
            #expect(await limiter.take(.address("other")).isAllowed)
            clock.advance(seconds: 40)
            #expect(await limiter.take(key) == RateStanding(isAllowed: true, remaining: limit - 1, seconds: 60))
            #expect(await allowed(limit * 2, limiter) == limit - 1)
        }
    }

    @Test("counts together with the others from the moment its loop runs, whatever it counted alone")
    func beforeTheLoop() async throws {
        let permits = LocalPermits()
        let (early, other) = (limiter(100, permits), limiter(100, permits))
        #expect(await allowed(1, early) == 1)

        let total = try await running([early, other]) { await allowed(200, other) + allowed(200, early) }
        #expect((90...110).contains(total))
    }

    @Test("stays within a tenth over two processes, however requests are spread", arguments: [0, 1, 5, 37, 50, 100])
    func together(first: Int) async throws {
        let permits = LocalPermits()
        let (one, two) = (limiter(100, permits), limiter(100, permits))

        let total = try await running([one, two]) {
            let before = await allowed(first, one)
            let after = await allowed(200, two)
            return await before + after + allowed(200, one)
        }
        #expect((90...110).contains(total))
    }

    @Test("lets requests through out of memory while the database hangs, until its block is used")
    func memory() async throws {
        let permits = HangingPermits(after: 1)
        let limiter = limiter(100, permits)
        let key = key

        try await running([limiter]) {
            var standings: [RateStanding] = []
            for _ in 0..<10 { standings.append(await limiter.take(key)) }
            #expect(standings.allSatisfy { $0.isAllowed })
            async let eleventh = limiter.take(key)
            await permits.isAsked()
            permits.answer()
            #expect(await eleventh.isAllowed)
        }
    }

    @Test("counts by itself when the database fails, and stops at the limit")
    func failing() async throws {
        struct Broken: PermitLeasing {
            func lease(_ demands: [PermitDemand]) async throws -> [PermitGrant] { throw CancellationError() }
            func forgetPermits(before window: Instant) async throws { throw CancellationError() }
        }
        let limiter = limiter(25, Broken())

        let total = try await running([limiter]) { await allowed(100, limiter) }
        #expect(total == 25)
    }

    @Test("counts by itself before its loop runs")
    func stopped() async throws {
        #expect(await allowed(30, limiter(10, LocalPermits())) == 10)
    }

    @Test("forgets nobody's use when more keys come than it remembers")
    func crowd() async throws {
        let limiter = limiter(10, LocalPermits(), capacity: 20)
        let key = key

        try await running([limiter]) {
            #expect(await allowed(10, limiter) == 10)
            for other in 0..<200 { _ = await limiter.take(.address("\(other)")) }
            // One more on credit, since the process knows nothing any more; then the database is heard.
            #expect(await allowed(10, limiter) <= 1)
            #expect(await !limiter.take(key).isAllowed)
        }
    }
}

/// Answers so many times by itself, then only when it is told.
private final class HangingPermits: PermitLeasing {
    private let permits = LocalPermits()
    private let rest: Mutex<Int>
    private let asked = AsyncStream<Void>.makeStream()
    private let answers = AsyncStream<Void>.makeStream()

    init(after count: Int) {
        rest = Mutex(count)
    }

    func isAsked() async { _ = await asked.stream.first { _ in true } }

    func answer() { answers.continuation.yield() }

    func lease(_ demands: [PermitDemand]) async throws -> [PermitGrant] {
        let isFree = rest.withLock { rest in
            rest -= 1
            return rest >= 0
        }
        if !isFree {
            asked.continuation.yield()
            _ = await answers.stream.first { _ in true }
        }
        return try await permits.lease(demands)
    }

    func forgetPermits(before window: Instant) async throws {}
}

extension RateLimiter {
    /// Returns once its loop runs.
    fileprivate func hasStarted() async {
        while !isRunning { await Task.yield() }
    }
}
