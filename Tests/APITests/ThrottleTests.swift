import Core
import Testing

@testable import API

@Suite("Throttle")
struct ThrottleTests {
    @Test("lets ten pass in a minute, per key")
    func window() async throws {
        let clock = ManualClock()
        let throttle = Throttle(permits: LocalPermits(), now: clock.read)

        for _ in 0..<10 { try await throttle.take("a") }
        await #expect(throws: APIFailure.self) { try await throttle.take("a") }
        try await throttle.take("b")
        clock.advance(seconds: 39)
        await #expect {
            try await throttle.take("a")
        } throws: {
            ($0 as? APIFailure)?.headers[.retryAfter] == "1"
        }
        clock.advance(seconds: 1)
        for _ in 0..<10 { try await throttle.take("a") }
        await #expect(throws: APIFailure.self) { try await throttle.take("a") }
    }

    @Test("is exact however many ask at once, over two servers with one database")
    func exact() async throws {
        let (clock, permits) = (ManualClock(), LocalPermits())
        let servers = (0..<2).map { _ in Throttle(permits: permits, now: clock.read) }

        let passed = await withTaskGroup(of: Bool.self) { group in
            for attempt in 0..<200 {
                group.addTask { (try? await servers[attempt % 2].take("a")) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(passed == 10)
    }

    @Test("does not forget who is throttled while many others come")
    func crowd() async throws {
        let throttle = Throttle(permits: LocalPermits(), now: ManualClock().read)

        for _ in 0..<10 { try await throttle.take("busy") }
        for key in 0..<2000 { try await throttle.take("\(key)") }
        await #expect(throws: APIFailure.self) { try await throttle.take("busy") }
    }

    @Test("survives a clock that jumps back")
    func backwards() async throws {
        let clock = ManualClock()
        let throttle = Throttle(permits: LocalPermits(), now: clock.read)

        for _ in 0..<10 { try await throttle.take("a") }
        clock.advance(seconds: -3600)
        for _ in 0..<10 { try await throttle.take("a") }
        clock.advance(seconds: 3600)
        await #expect(throws: APIFailure.self) { try await throttle.take("a") }
    }
}
