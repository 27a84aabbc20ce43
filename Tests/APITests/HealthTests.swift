import Core
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import API

@Suite("Health")
struct HealthTests {
    /// A part whose condition the test sets.
    private final class Part: Sendable {
        private let condition = Mutex<Condition?>(.up)

        func set(_ condition: Condition?) { self.condition.withLock { $0 = condition } }

        func check(_ name: String, isEssential: Bool = false) -> HealthCheck {
            HealthCheck(name, isEssential: isEssential) {
                guard let condition = self.condition.withLock({ $0 }) else { throw CancellationError() }
                return condition
            }
        }
    }

    @Test("names every part with its state and since when, and stays 200 when one is down that can be missed")
    func degraded() async throws {
        let (mail, off) = (Part(), Part())
        off.set(.off)
        var operations = KaptureServer.Operations()
        operations.checks = [mail.check("mail"), off.check("oidc")]
        let harness = try await Harness(operations: operations)

        try await harness.test { client in
            let before = try await client.get("/health").json["data"]
            #expect(before?["status"]?.text == "up")
            let names = before?["parts"]?.array?.compactMap { $0["name"]?.text }
            #expect(names == ["database", "pages", "mail", "oidc"])
            mail.set(nil)
            harness.clock.advance(seconds: 3)
            let answer = try await client.get("/health")
            #expect(answer.status == .ok && answer.json["data"]?["status"]?.text == "degraded")
            let parts = answer.json["data"]?["parts"]?.array ?? []
            #expect(parts.map { $0["state"]?.text } == ["up", "up", "down", "off"])
            #expect(parts.map { $0["since"]?.text } == [0, 0, 3, 0].map(Self.since))
        }
    }

    private static func since(_ seconds: Int64) -> String? {
        Figures.iso(ManualClock.start.adding(seconds: seconds))
    }

    @Test("is 503 when Kapture itself cannot serve, and ready is, too")
    func down() async throws {
        let harness = try await Harness(publishes: false)

        try await harness.test { client in
            let answer = try await client.get("/health")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text.contains(#""field":"pages""#) && answer.text.contains("has been down since"))
            #expect(try await client.get("/health/ready").status == .serviceUnavailable)
            #expect(try await client.get("/health/live").status == .ok)
        }
    }

    @Test("looks at most every two seconds, and remembers since when it has been so")
    func board() async throws {
        let (clock, part) = (ManualClock(), Part())
        let board = HealthBoard([part.check("part")], logger: Harness.quiet, now: clock.read)
        func seen() async -> [PartHealth] { await board.parts() }

        #expect(await seen().map(\.condition) == [.up])
        part.set(.down)
        #expect(await seen().map(\.condition) == [.up])
        clock.advance(seconds: 2)
        #expect(await seen().map(\.condition) == [.down])
        clock.advance(seconds: 60)
        #expect(await seen().map(\.since) == [ManualClock.start.adding(seconds: 2)])
    }

    @Test("takes a part that does not answer for down, without waiting for it")
    func hanging() async throws {
        let never = AsyncStream<Void>.makeStream()
        let check = HealthCheck("part") {
            for await _ in never.stream {}
            return .up
        }
        let board = HealthBoard([check], logger: Harness.quiet, now: ManualClock().read)
        #expect(await board.parts().map(\.condition) == [.down])
    }
}
