import Core
import Foundation
import Glibc
import Store
import TestSupport
import Testing

@Suite("Killed workers", .timeLimit(.minutes(10)))
struct JobChaosTests {
    /// `KAPTURE_SEED` repeats the choices of a run, `KAPTURE_CHAOS_SECONDS` asks for a longer one.
    private static let seed =
        UInt64(ProcessInfo.processInfo.environment["KAPTURE_SEED"] ?? "") ?? UInt64.random(in: 0...UInt64.max)
    private static let seconds = Int64(ProcessInfo.processInfo.environment["KAPTURE_CHAOS_SECONDS"] ?? "") ?? 15

    @Test("Two workers killed and stopped at random: every job ends exactly once, orphans run again within 5 seconds")
    func chaos() async throws {
        // On a thread of its own: other tests keep the cooperative pool busy.
        let run = try await withTaskExecutorPreference(ChaosThread()) {
            var run = try await JobChaosRun(seed: Self.seed)
            try await run.run(seconds: Self.seconds)
            return run
        }

        let (entries, effects) = (try run.ledger.entries(), try run.effects())
        let performed = Set(effects["performed"] ?? [])
        for id in run.committed {
            let story = entries[id.rawValue] ?? []
            let ends = story.filter(\.status.isFinal)
            #expect(ends.count == 1, "job \(id): \(story), seed \(Self.seed)")
            #expect(story.last?.status.isFinal == true, "job \(id), seed \(Self.seed)")
            let claims = story.filter { $0.status == .processing }
            #expect(claims.map(\.token) == (0..<Int64(claims.count)).map { $0 + 1 })
            #expect(ends.first?.token ?? 0 == claims.last?.token ?? 0, "a late report counted, seed \(Self.seed)")
            if ends.first?.status == .completed { #expect(performed.contains(id.rawValue)) }
        }
        #expect(Set(entries.keys) == Set(run.committed.map(\.rawValue)))
        try await expectDeadlyEnded(run, entries)
        expectOrphansInTime(run, entries, refusals: effects["refused"]?.count ?? 0)
    }

    private func expectDeadlyEnded(_ run: JobChaosRun, _ entries: [String: [JobLedger.Entry]]) async throws {
        for id in run.deadly {
            let job = try #require(try await run.fixture.store.job(id, of: run.fixture.user))
            guard job.status != .cancelled else { continue }
            #expect(job.status == .failed)
            #expect(job.state.tries.done == 3)
            #expect(job.state.failure?.reason.contains("no attempt is left") == true)
        }
    }

    /// What a silent worker held is in another's hands, or has ended, 5 seconds later.
    private func expectOrphansInTime(
        _ run: JobChaosRun, _ entries: [String: [JobLedger.Entry]], refusals: Int
    ) {
        var (orphans, longest) = (0, Int64(0))
        for silence in run.silences {
            for story in entries.values {
                guard let held = story.lastIndex(where: { $0.at <= silence.from }), story[held].status == .processing,
                    story[held].worker == silence.worker
                else { continue }
                // The worker's own word, after it was woken in time, ends the silence.
                let next = story[(held + 1)...].first { $0.status == .processing || $0.status.isFinal }
                guard let next, next.worker != silence.worker || next.status == .failed else { continue }
                orphans += 1
                longest = max(longest, next.at.milliseconds - silence.from.milliseconds)
            }
        }
        print(
            "seed \(Self.seed): \(run.committed.count) jobs, \(run.kills) kills, \(run.stops) stops, "
                + "\(run.deadly.count) deadly jobs, \(orphans) orphans, the last taken over after \(longest) ms, "
                + "\(refusals) late reports refused")
        #expect(orphans > 0, "nobody held a job when struck, seed \(Self.seed)")
        #expect(longest <= 5000, "seed \(Self.seed)")
    }

    @Test("Told to stop, a worker hands its jobs back at once, their attempts not counted, and another takes them")
    func graceful() async throws {
        let fixture = try await StoreFixture()
        let ledger = try JobLedger(fixture.location)
        let long = ChaosJob(.done, milliseconds: 60_000)
        let ids = try await fixture.store.enqueueAll([long, long, long], JobTerms(userID: fixture.user), now: .now)
        let first = try WorkingProcess(fixture, worker: "first")
        while try ledger.held(by: "first") < 3 { try await Task.sleep(for: .milliseconds(20)) }
        let second = try WorkingProcess(fixture, worker: "second")

        let told = Instant.now
        first.signal(SIGTERM)
        #expect(await first.status() == 0)
        #expect(Instant.now.milliseconds - told.milliseconds < 2000)
        while try ledger.held(by: "second") < 3 { try await Task.sleep(for: .milliseconds(20)) }
        #expect(Instant.now.milliseconds - told.milliseconds < 3000)
        for id in ids {
            #expect(try await fixture.store.job(id, of: fixture.user)?.state.tries.done == 1)
            #expect(try ledger.entries()[id.rawValue]?.map(\.status) == [.processing, .pending, .processing])
        }
        second.signal(SIGKILL)
        _ = await second.status()
    }
}
