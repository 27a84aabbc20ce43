import Core
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Account deletion")
struct AccountDeletionTests {
    private let start = StoreFixture.start

    /// Remembers what it was asked to remove; fails as often as told.
    private final class Sites: SiteRemoving {
        let removed = Mutex<[String]>([])
        let failures: Mutex<Int>

        init(failures: Int = 0) {
            self.failures = Mutex(failures)
        }

        func removeSite(key: String) async throws {
            let fails = failures.withLock { left in
                defer { left -= 1 }
                return left > 0
            }
            if fails { throw JobFailure(.transient, "The disk is busy.") }
            removed.withLock { $0.append(key) }
        }
    }

    private func fill(_ fixture: StoreFixture) throws {
        try fixture.followEverything()
        let videos = (0..<130).map { Observation.video("v\($0)", views: 10, at: start) }
        _ = try fixture.store.fanOut(try fixture.store.store(videos), to: nil, now: start)
        let trends = try fixture.trends().prefix(3).map(\.id)
        for number in 0..<60 {
            try fixture.store.createIdeaboard(
                "Board \(number)", content: "x", trends: trends, for: fixture.user, now: start)
        }
    }

    @Test("removes rows, pages and jobs of that user alone, and says when it is done")
    func removes() async throws {
        let fixture = try await StoreFixture()
        try fill(fixture)
        let other = try #require(try await fixture.store.createUser(.other, now: start))
        try fixture.store.createIdeaboard("Stays", content: "", for: other, now: start)
        let picture = try NamedPicture.sample()
        for user in [fixture.user, other] { _ = try await fixture.store.setPicture(picture, of: user, now: start) }
        let key = try #require(try fixture.store.version(of: .user(fixture.user))?.key)
        let (sites, farewells) = (Sites(), Journal<String>())
        let job = try await fixture.store.enqueue(SampleJob(number: 1), JobTerms(userID: fixture.user), now: start)

        try await AccountDeletion(fixture.store, sites: sites) { farewells.add($0.email ?? "") }.run(fixture.user)

        #expect(try await fixture.store.user(fixture.user) == nil)
        #expect(try fixture.store.version(of: .user(fixture.user)) == nil)
        #expect(try await fixture.store.job(job, of: fixture.user) == nil)
        #expect(try await fixture.store.picture(picture.digest, of: fixture.user) == nil)
        #expect(try await fixture.store.picture(picture.digest, of: other) == picture.picture)
        #expect(try fixture.store.existingSiteKeys(among: [key]) == [])
        #expect(sites.removed.withLock { Set($0) } == [key])
        #expect(farewells.entries == ["mara@example.com"])
        #expect(try fixture.store.withSnapshot(of: .user(other)) { try $0.ideaboards().map(\.title) } == ["Stays"])
    }

    @Test("cut off goes on where it was; repeated does and says nothing")
    func repeated() async throws {
        let fixture = try await StoreFixture()
        try fill(fixture)
        let (sites, farewells) = (Sites(failures: 1), Journal<String>())
        let deletion = AccountDeletion(fixture.store, sites: sites) { farewells.add($0.email ?? "") }

        await #expect(throws: JobFailure.self) { try await deletion.run(fixture.user) }
        #expect(try await fixture.store.user(fixture.user) != nil)
        for _ in 0..<3 { try await deletion.run(fixture.user) }
        #expect(try await fixture.store.user(fixture.user) == nil)
        #expect(farewells.entries.count == 1)
    }

    @Test("asked for ends every session and sign-in at once, and is one job however often it is asked for")
    func request() async throws {
        let fixture = try await StoreFixture()
        let session = Session(
            id: Identifier(at: start, randomness: (1, 2)), userID: fixture.user, createdAt: start,
            expiresAt: start.adding(hours: 9))
        try await fixture.store.createSession(session, tokenDigest: [1, 2, 3])
        let first = try await fixture.store.requestDeletion(of: fixture.user, now: start)

        #expect(try await fixture.store.requestDeletion(of: fixture.user, now: start) == first)
        #expect(try await fixture.store.session(tokenDigest: [1, 2, 3], now: start) == nil)
        #expect(try await fixture.store.credentials(email: "mara@example.com") == nil)
    }

    @Test("expired sessions go, live ones stay")
    func sessions() async throws {
        let fixture = try await StoreFixture()
        for number in 0..<700 {
            let session = Session(
                id: Identifier(at: start, randomness: (UInt64(number), 2)), userID: fixture.user, createdAt: start,
                expiresAt: start.adding(seconds: Int64(number)))
            try await fixture.store.createSession(session, tokenDigest: [UInt8(number / 256), UInt8(number % 256)])
        }

        #expect(try await fixture.store.removeExpiredSessions(now: start.adding(seconds: 600)) == 601)
        #expect(try await fixture.store.session(tokenDigest: [2, 130], now: start) != nil)
        #expect(try await fixture.store.removeExpiredSessions(now: start.adding(seconds: 600)) == 0)
    }
}

extension NewUser {
    fileprivate static let other = NewUser(
        email: "other@example.com", name: nil, password: PasswordHash(encoded: "none"), isOperator: false)
}
