import Core
import Foundation
import Store
import TestSupport
import Testing

@Suite("Rate limits over processes")
struct LimitTests {
    /// How many of both processes' requests went through, and every line that was neither yes nor no.
    private func run(_ kind: String, limit: Int, count: Int) async throws -> (through: Int, others: [String]) {
        let fixture = try await StoreFixture()
        let arguments = [kind, fixture.location, "somebody", "\(limit)", "\(count)"]
        let probes = [try ProbeProcess("UsageProbe", arguments), try ProbeProcess("UsageProbe", arguments)]
        for probe in probes { #expect(probe.line() == "ready") }
        for probe in probes { try probe.say("go") }
        let lines = probes.flatMap { $0.remainingLines() }
        for probe in probes { #expect(probe.wait() == 0) }
        return (lines.count { $0 == "through" }, lines.filter { !["through", "refused"].contains($0) })
    }

    /// A run that lies within one minute: one over its end would count in two windows.
    private func runWithinWindow(_ kind: String, limit: Int, count: Int) async throws -> (
        through: Int, others: [String]
    ) {
        func minute() -> Int { Int(Date().timeIntervalSince1970) / 60 }
        while true {
            let before = minute()
            let result = try await run(kind, limit: limit, count: count)
            if minute() == before { return result }
        }
    }

    @Test("Attempts at signing in are counted exactly")
    func attempts() async throws {
        let result = try await runWithinWindow("permits", limit: 10, count: 100)
        #expect(result.through == 10 && result.others == [])
    }

    @Test("Other requests are counted within a tenth", arguments: [100, 1000])
    func requests(limit: Int) async throws {
        let result = try await runWithinWindow("requests", limit: limit, count: limit)
        #expect((limit * 9 / 10...limit * 11 / 10).contains(result.through))
        #expect(result.others == [])
    }
}
