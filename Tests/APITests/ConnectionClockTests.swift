import NIOCore
import Testing

@testable import API

@Suite("Connection clock")
struct ConnectionClockTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func clock() -> ConnectionClock { ConnectionClock(patience: .seconds(60), bodyLimit: 100, now: start) }

    @Test("closes a connection that is silent for a minute, counted from its last answer")
    func idle() {
        var clock = clock()

        #expect(clock.verdict(now: start + .seconds(59)) == .wait(until: start + .seconds(60)))
        #expect(clock.verdict(now: start + .seconds(60)) == .close)
        clock.headArrived(isHandedOn: true, now: start + .seconds(30))
        clock.requestEnded()
        clock.answerEnded(now: start + .seconds(50))
        #expect(clock.verdict(now: start + .seconds(109)) == .wait(until: start + .seconds(110)))
        #expect(clock.verdict(now: start + .seconds(110)) == .close)
    }

    @Test("waits for an answer as long as it takes")
    func working() {
        var clock = clock()

        clock.headArrived(isHandedOn: true, now: start)
        clock.requestEnded()
        #expect(clock.verdict(now: start + .hours(5)) == .wait(until: start + .hours(5) + .seconds(60)))
    }

    @Test("gives a request a minute to arrive, however steadily it trickles")
    func trickle() {
        var clock = clock()

        clock.headArrived(isHandedOn: true, now: start)
        clock.bodyArrived(50)
        clock.bodyArrived(50)
        #expect(clock.verdict(now: start + .seconds(60)) == .close)
    }

    @Test("counts the body of each request alone")
    func size() {
        var clock = clock()

        clock.headArrived(isHandedOn: true, now: start)
        clock.bodyArrived(100)
        #expect(!clock.isOverLimit)
        clock.bodyArrived(1)
        #expect(clock.isOverLimit)
        clock.headArrived(isHandedOn: true, now: start)
        #expect(!clock.isOverLimit)
    }

    @Test("is not confused by an answer to what was no request")
    func stray() {
        var clock = clock()

        clock.answerEnded(now: start)
        clock.headArrived(isHandedOn: true, now: start)
        #expect(clock.awaiting == 1)
    }
}
