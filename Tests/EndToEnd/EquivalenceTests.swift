import Foundation
import TestSupport
import Testing

@Suite("Incremental publishing")
struct EquivalenceTests {
    /// `KAPTURE_SEED` repeats a run, `KAPTURE_SEQUENCES` asks for more of them.
    private static let first = UInt64(ProcessInfo.processInfo.environment["KAPTURE_SEED"] ?? "") ?? 1000
    private static let count = UInt64(ProcessInfo.processInfo.environment["KAPTURE_SEQUENCES"] ?? "") ?? 200

    /// PostgreSQL takes every fifth: what differs there is the store, not the publishing.
    @Test(
        "Any sequence of edits gives the same bytes as a build from nothing", arguments: 0..<8 as Range<UInt64>,
        TestEngine.both)
    func equivalence(part: UInt64, engine: TestEngine) async throws {
        for seed in Self.first..<Self.first + Self.count where seed % 8 == part {
            if engine == .postgres, seed % 5 != 0 { continue }
            let difference = try await EquivalenceRun(seed: seed, engine).firstDifference(edits: 12)
            #expect(difference == nil)
        }
    }
}
