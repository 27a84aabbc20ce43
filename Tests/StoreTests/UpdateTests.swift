import Core
import Store
import TestSupport
import Testing

@Suite("What open pages are told", .timeLimit(.minutes(5)))
struct UpdateTests {
    @Test("Sections and running jobs of the users that are asked for, and nobody else's", arguments: TestEngine.both)
    func updates(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let (store, now) = (fixture.store, StoreFixture.start)
        let noor = NewUser(
            email: "noor@example.com", name: nil, password: PasswordHash(encoded: "none"), isOperator: false)
        let other = try #require(try await store.createUser(noor, now: now))
        try await store.enqueue(SampleJob(number: 1), JobTerms(userID: fixture.user), now: now)
        let claim = JobClaim(
            worker: "w", names: [SampleJob.jobName], places: [.standard: 1], leaseUntil: now.adding(seconds: 9))
        let lease = try #require(try await store.exchange([], for: claim, now: now).claimed.first?.lease)
        let session = Session(
            id: SessionID(at: now, randomness: (1, 1)), userID: fixture.user, createdAt: now,
            expiresAt: now.adding(hours: 1), userAgent: nil)
        try await store.createSession(session, tokenDigest: [1])
        let before = try #require(try await store.updates(of: [fixture.user])[fixture.user])
        _ = try await store.extend([lease: 0.5], until: now.adding(seconds: 20), now: now)
        let (_, change) = try store.createIdeaboard("One", content: "", for: fixture.user, now: now)

        let both = try await store.updates(of: [fixture.user, other, UserID(rawValue: "nobody")])
        #expect(Set(both.keys) == [fixture.user, other])
        #expect(both[other]?.running == [] && before.running.map(\.progress) == [nil])
        let mine = try #require(both[fixture.user])
        #expect(mine.running == [RunningJob(id: lease.id, name: SampleJob.jobName, progress: 0.5)])
        #expect(mine.sessionCount == 1 && both[other]?.sessionCount == 0)
        #expect(mine.head.revision == change.revision && mine.head.revision(of: .ideaboards) == change.revision)
        #expect(mine.head.revision(of: .downloads) == before.head.revision(of: .downloads))
        #expect(try await store.updates(of: []).isEmpty)
    }

    @Test("Ended sessions and progress are announced with their user", arguments: TestEngine.both)
    func announced(engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let (store, now, user) = (fixture.store, StoreFixture.start, fixture.user)
        try await store.enqueue(SampleJob(number: 1), JobTerms(userID: user), now: now)
        let claim = JobClaim(
            worker: "w", names: [SampleJob.jobName], places: [.standard: 1], leaseUntil: now.adding(seconds: 9))
        let lease = try #require(try await store.exchange([], for: claim, now: now).claimed.first?.lease)
        let feed = store.changes()
        _ = await feed.first { _ in true }

        _ = try await store.extend([lease: 0.5], until: now.adding(seconds: 20), now: now)
        #expect(await feed.first { !$0.progressed.isEmpty }?.progressed == [user])
        for round in 0..<4 {
            let session = Session(
                id: SessionID(at: now, randomness: (UInt64(round), 1)), userID: user, createdAt: now,
                expiresAt: now.adding(hours: 1), userAgent: nil)
            try await store.createSession(session, tokenDigest: [UInt8(round)])
            switch round {
            case 0: try await store.deleteSession(tokenDigest: [0])
            case 1: #expect(try await store.deleteSession(session.id, of: user))
            case 2:
                let hash = PasswordHash(encoded: "new")
                try await store.setPassword(hash, of: user, starting: nil, now: now)
            default: _ = try await store.requestDeletion(of: user, now: now)
            }
            #expect(await feed.first { !$0.signedOut.isEmpty }?.signedOut == [user])
        }
    }
}
