import Core
import Foundation
import Glibc
import Store
import TestSupport
import Testing

@Suite("Quotas over processes")
struct QuotaTests {
    /// `KAPTURE_QUOTA_REQUESTS` asks for more.
    private static let requests = Int(ProcessInfo.processInfo.environment["KAPTURE_QUOTA_REQUESTS"] ?? "") ?? 200
    private let now = StoreFixture.start

    @Test("Of parallel requests exactly the 10 remaining units go through, over two processes of which one is killed")
    func exact() async throws {
        let fixture = try await StoreFixture()
        let ledger = QuotaLedger(fixture.store, plans: try .only([.scrapes: 15]))
        let used = try await ledger.reserve(QuotaClaim(5, of: .scrapes, for: fixture.user), now: now)
        _ = try await ledger.settle(used.id, now: now)
        let arguments = ["scrapes", fixture.location, fixture.user.rawValue, "15", "\(Self.requests / 2)"]
        let (victim, survivor) = (
            try ProbeProcess("UsageProbe", arguments), try ProbeProcess("UsageProbe", arguments)
        )
        for probe in [victim, survivor] { #expect(probe.line() == "ready") }

        for probe in [victim, survivor] { try probe.say("go") }
        let heard = (0..<3).compactMap { _ in victim.line() }
        victim.kill()
        let last = victim.remainingLines()
        let survived = survivor.remainingLines()

        #expect(victim.wait() == SIGKILL && survivor.wait() == 0)
        #expect(survived.count == Self.requests / 2 && survived.allSatisfy { ["through", "refused"].contains($0) })
        let through = (heard + last + survived).count { $0 == "through" }
        #expect(through <= 10)  // What the killed one could not say any more is counted all the same.
        let report = try #require(try await ledger.usage(of: fixture.user, now: now))
        #expect(report[.scrapes] == Usage(current: 15, limit: 15))
        try await expectRelease(ledger, fixture)
    }

    /// The dead process's units come back when their time is over, and only once.
    private func expectRelease(_ ledger: QuotaLedger, _ fixture: StoreFixture) async throws {
        let later = now.adding(seconds: 3600)
        _ = try await ledger.releaseExpired(now: later)
        let report = try #require(try await ledger.usage(of: fixture.user, now: later))
        #expect(report[.scrapes].current == 5)
        for _ in 0..<10 { _ = try await ledger.reserve(QuotaClaim(of: .scrapes, for: fixture.user), now: later) }
        await #expect(throws: QuotaExceeded.self) {
            try await ledger.reserve(QuotaClaim(of: .scrapes, for: fixture.user), now: later)
        }
    }
}
