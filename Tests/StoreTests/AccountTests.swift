import Core
import Store
import TestSupport
import Testing

@Suite("Accounts")
struct AccountTests {
    private let now = StoreFixture.start

    private func newUser(_ email: String, isOperator: Bool = false) -> NewUser {
        NewUser(email: email, name: nil, password: PasswordHash(encoded: "hash of \(email)"), isOperator: isOperator)
    }

    private func emptyStore() throws -> (TemporaryFolder, Store) {
        let folder = try TemporaryFolder()
        return (folder, try Store(sqlite: folder.path + "/kapture.db"))
    }

    @Test("An address is given once, and a refused user leaves no site behind")
    func taken() async throws {
        let fixture = try await StoreFixture()
        #expect(try await fixture.store.createUser(newUser("mara@example.com"), now: now) == nil)
        #expect(try fixture.store.userSites().map(\.user) == [fixture.user])
        #expect(try await fixture.store.credentials(email: "mara@example.com")?.user == fixture.user)
    }

    @Test("Of many who ask at once exactly one becomes the first user")
    func first() async throws {
        let (folder, store) = try emptyStore()
        #expect(try await !store.hasUsers())
        let made = try await withThrowingTaskGroup(of: UserID?.self) { group in
            for index in 0..<12 {
                group.addTask {
                    try await store.createFirstUser(newUser("u\(index)@example.com", isOperator: true), now: now)
                }
            }
            return try await group.reduce(into: [UserID]()) { if let id = $1 { $0.append(id) } }
        }
        #expect(made.count == 1)
        #expect(try await store.user(made[0])?.isOperator == true)
        #expect(try await store.hasUsers())
        _ = folder
    }

    @Test("A new user has the free plan and a site with a secret key of its own")
    func created() async throws {
        let fixture = try await StoreFixture()
        let other = try await fixture.addUser("other@example.com", name: "O")
        let user = try #require(try await fixture.store.user(other))
        #expect((user.email, user.name, user.planID, user.isOperator) == ("other@example.com", "O", "free", false))
        #expect(user.createdAt == now)
        let keys = try fixture.store.userSites().map(\.version.key)
        #expect(Set(keys).count == 2 && keys.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test(
        "Credentials are found by the exact address",
        arguments: ["MARA@example.com", " mara@example.com", "mara@example.co_", "%"])
    func credentials(_ email: String) async throws {
        let fixture = try await StoreFixture()
        #expect(try await fixture.store.credentials(email: email) == nil)
        #expect(
            try await fixture.store.credentials(email: "mara@example.com")?.password.encoded.hasPrefix("scrypt$")
                == true)
    }

    // MARK: Sessions

    private func session(_ user: UserID, hours: Double) -> Session {
        Session(
            id: SessionID(at: now, randomness: (1, UInt64(hours * 100))), userID: user, createdAt: now,
            expiresAt: now.adding(hours: hours))
    }

    @Test("A session lives until its end and not a millisecond longer")
    func expiry() async throws {
        let fixture = try await StoreFixture()
        let session = session(fixture.user, hours: 1)
        try await fixture.store.createSession(session, tokenDigest: [1, 2, 3])
        let last = Instant(milliseconds: session.expiresAt.milliseconds - 1)
        #expect(try await fixture.store.session(tokenDigest: [1, 2, 3], now: last) == session)
        #expect(try await fixture.store.session(tokenDigest: [1, 2, 3], now: session.expiresAt) == nil)
        #expect(try await fixture.store.session(tokenDigest: [1, 2], now: now) == nil)
    }

    @Test("Deleting ends one session, deleting the user ends all of theirs")
    func ending() async throws {
        let fixture = try await StoreFixture()
        let other = try await fixture.addUser("other@example.com")
        for (digest, user) in [(1, fixture.user), (2, fixture.user), (3, other)] as [(UInt8, UserID)] {
            try await fixture.store.createSession(session(user, hours: Double(digest)), tokenDigest: [digest])
        }
        func living() async throws -> [UInt8] {
            var living: [UInt8] = []
            for digest in [1, 2, 3] as [UInt8]
            where try await fixture.store.session(tokenDigest: [digest], now: now) != nil {
                living.append(digest)
            }
            return living
        }
        try await fixture.store.deleteSession(tokenDigest: [1])
        try await fixture.store.deleteSession(tokenDigest: [9])
        #expect(try await living() == [2, 3])
        try fixture.store.deleteUser(fixture.user)
        #expect(try await living() == [3])
    }

    @Test("A feed's owner and version are known by its watchlist")
    func feeds() async throws {
        let fixture = try await StoreFixture()
        let list = try fixture.followEverything()
        let feed = try #require(try await fixture.store.feed(of: list))
        #expect((feed.owner, feed.version) == (fixture.user, 1))
        _ = try await fixture.store.removeWatchlist(list, of: fixture.user)
        #expect(try await fixture.store.feed(of: list) == nil)
    }
}
