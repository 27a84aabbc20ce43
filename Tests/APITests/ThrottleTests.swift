import Core
import Synchronization
import Testing

@testable import API

@Suite("Throttle")
struct ThrottleTests {
    private let secret = [UInt8](repeating: 7, count: 32)

    @Test("lets ten pass in a minute, per key")
    func window() async throws {
        let clock = ManualClock()
        let throttle = Throttle(permits: LocalPermits(), secret: secret, now: clock.read)

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
        let servers = (0..<2).map { _ in Throttle(permits: permits, secret: secret, now: clock.read) }

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
        let throttle = Throttle(permits: LocalPermits(), secret: secret, now: ManualClock().read)

        for _ in 0..<10 { try await throttle.take("busy") }
        for key in 0..<2000 { try await throttle.take("\(key)") }
        await #expect(throws: APIFailure.self) { try await throttle.take("busy") }
    }

    @Test("survives a clock that jumps back")
    func backwards() async throws {
        let clock = ManualClock()
        let throttle = Throttle(permits: LocalPermits(), secret: secret, now: clock.read)

        for _ in 0..<10 { try await throttle.take("a") }
        clock.advance(seconds: -3600)
        for _ in 0..<10 { try await throttle.take("a") }
        clock.advance(seconds: 3600)
        await #expect(throws: APIFailure.self) { try await throttle.take("a") }
    }

    @Test("counts under names that hold no address and that nobody without the secret can make")
    func privacy() async throws {
        let (permits, now) = (NamedPermits(), ManualClock().read)
        let secrets = [secret, [UInt8](repeating: 8, count: 32)]

        for secret in secrets {
            let throttle = Throttle(permits: permits, secret: secret, now: now)
            try await throttle.take("mara@example.com")
            try await throttle.take("mara@example.com")
            try await throttle.counting("mail-to", limit: 5, minutes: 60).take("mara@example.com")
        }

        let names = permits.names
        #expect(names.count == 6 && names[0] == names[1] && Set(names).count == 4)
        #expect(!names.contains { $0.contains("mara") || $0.contains("example") })
    }
}

/// Permits without end, and under which names they were asked for.
private final class NamedPermits: PermitLeasing {
    private let asked = Mutex<[String]>([])

    var names: [String] { asked.withLock { $0 } }

    func lease(_ demands: [PermitDemand]) async throws -> [PermitGrant] {
        asked.withLock { $0 += demands.map(\.key) }
        return demands.map { PermitGrant(units: $0.units, left: $0.limit) }
    }

    func forgetPermits(before window: Instant) async throws {}
}
