import Core
import Testing

@testable import API

@Suite("Throttle")
struct ThrottleTests {
    @Test("lets ten pass at once and then one every six seconds, per key")
    func bucket() throws {
        let clock = ManualClock()
        let throttle = Throttle(now: clock.read)

        for _ in 0..<10 { try throttle.take("a") }
        #expect(throws: APIFailure.self) { try throttle.take("a") }
        #expect(throws: Never.self) { try throttle.take("b") }
        clock.advance(seconds: 6)
        #expect(throws: Never.self) { try throttle.take("a") }
        #expect { try throttle.take("a") } throws: { ($0 as? APIFailure)?.headers[.retryAfter] == "6" }
        clock.advance(seconds: 3600)
        for _ in 0..<10 { try throttle.take("a") }
        #expect(throws: APIFailure.self) { try throttle.take("a") }
    }

    @Test("does not grow without bound, nor forget who is throttled while others come and go")
    func bound() throws {
        let clock = ManualClock()
        let throttle = Throttle(limit: 100, now: clock.read)

        for _ in 0..<10 { try throttle.take("busy") }
        clock.advance(seconds: 1)
        for key in 0..<90 { try throttle.take("\(key)") }
        clock.advance(seconds: 7)
        for key in 100..<150 { try throttle.take("\(key)") }
        try throttle.take("busy")
        #expect(throws: APIFailure.self) { try throttle.take("busy") }
    }

    @Test("survives a clock that jumps back")
    func backwards() throws {
        let clock = ManualClock()
        let throttle = Throttle(now: clock.read)

        try throttle.take("a")
        clock.advance(seconds: -3600)
        for _ in 0..<9 { try throttle.take("a") }
        #expect(throws: APIFailure.self) { try throttle.take("a") }
    }
}
