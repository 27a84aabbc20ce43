import Core
import TestSupport
import Testing

/// What every test of the account ports begins with.
struct AccountStage: Sendable {
    static let start = StoreFixture.start
    let accounts: any AccountKeeping
    private let held: StoreFixture?

    init(_ backend: AccountBackend) async throws {
        (accounts, held) = try await backend.make()
    }

    static let hash = PasswordHash(encoded: "scrypt$1$1$1$AA==$AA==")
    static let other = PasswordHash(encoded: "scrypt$1$1$1$BB==$BB==")

    func addUser(_ email: String = "mara@example.com") async throws -> UserID {
        let user = NewUser(email: email, name: "Mara", password: Self.hash, isOperator: false)
        return try #require(try await accounts.createUser(user, now: Self.start))
    }

    /// A session under the digest `[number]`, which began so many seconds after the start.
    func addSession(_ number: UInt8, of user: UserID, after seconds: Int64 = 0) async throws -> Session {
        let new = Self.newSession(number, of: user, after: seconds)
        try await accounts.createSession(new.session, tokenDigest: new.tokenDigest)
        return new.session
    }

    static func newSession(_ number: UInt8, of user: UserID, after seconds: Int64 = 0) -> NewSession {
        let begin = start.adding(seconds: seconds)
        let session = Session(
            id: SessionID(at: begin, randomness: (UInt64(number), 1)), userID: user, createdAt: begin,
            expiresAt: begin.adding(seconds: 1000), userAgent: "Browser \(number)")
        return NewSession(session, tokenDigest: [number])
    }

    /// A link that is armed with the digest `[number]` and expires after 100 seconds.
    @discardableResult
    func addLink(_ number: UInt8, _ purpose: MailLink.Purpose, to email: String) async throws -> MailLink {
        let link = MailLink(
            id: MailLinkID(at: Self.start, randomness: (UInt64(number), 2)), purpose: purpose, email: email,
            expiresAt: Self.start.adding(seconds: 100))
        try await accounts.requestLink(link, now: Self.start)
        try await accounts.arm(link.id, tokenDigest: [number], now: Self.start)
        return link
    }
}

@Suite("Accounts keep their promises")
struct AccountPromiseTests {
    private let start = AccountStage.start

    @Test("an address belongs to one user, who signs in with it", arguments: AccountBackend.allCases)
    func addresses(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let accounts = stage.accounts
        #expect(try await !accounts.hasUsers())
        let mara = try await stage.addUser()

        let again = NewUser(email: "mara@example.com", name: nil, password: AccountStage.other, isOperator: true)
        #expect(try await accounts.createUser(again, now: start) == nil)
        #expect(try await accounts.createFirstUser(again, now: start) == nil)
        let known = try #require(try await accounts.credentials(email: "mara@example.com"))
        #expect(known == (mara, AccountStage.hash))
        let user = try #require(try await accounts.user(mara))
        #expect((user.email, user.timeZone, user.isOperator) == ("mara@example.com", "UTC", false))
    }

    @Test("a changed address frees the old one, and never takes somebody else's", arguments: AccountBackend.allCases)
    func changingAddress(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let (mara, boris) = (try await stage.addUser(), try await stage.addUser("boris@example.com"))

        #expect(try await stage.accounts.setEmail("boris@example.com", of: mara, now: start) == nil)
        #expect(try await stage.accounts.user(mara)?.email == "mara@example.com")
        let change = try #require(try await stage.accounts.setEmail("new@example.com", of: mara, now: start))
        #expect(change.site == .user(mara) && change.revision == 2)
        #expect(try await stage.accounts.setEmail("mara@example.com", of: boris, now: start) != nil)
        #expect(try await stage.accounts.user(email: "mara@example.com")?.id == boris)
    }

    @Test("a profile is stored as it was given", arguments: AccountBackend.allCases)
    func profile(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let mara = try await stage.addUser()

        let profile = Profile(name: "Mara 👋🏽", timeZone: "Europe/Berlin")
        let change = try await stage.accounts.setProfile(profile, of: mara, now: start)
        let user = try #require(try await stage.accounts.user(mara))
        #expect((user.name, user.timeZone) == ("Mara 👋🏽", "Europe/Berlin"))
        #expect(change.revision == 2)
        let none = Profile(name: nil, timeZone: "UTC")
        #expect(try await stage.accounts.setProfile(none, of: mara, now: start).revision == 3)
        #expect(try await stage.accounts.user(mara)?.name == nil)
        await #expect(throws: (any Error).self) {
            try await stage.accounts.setProfile(none, of: UserID(rawValue: "nobody"), now: start)
        }
    }

    @Test("a new password ends all sessions and reset links but those of others", arguments: AccountBackend.allCases)
    func password(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let (mara, boris) = (try await stage.addUser(), try await stage.addUser("boris@example.com"))
        for (number, user) in [(UInt8(1), mara), (2, mara), (3, boris)] {
            _ = try await stage.addSession(number, of: user)
        }
        try await stage.addLink(4, .resetPassword, to: "mara@example.com")
        try await stage.addLink(5, .resetPassword, to: "boris@example.com")

        let fresh = AccountStage.newSession(9, of: mara)
        try await stage.accounts.setPassword(AccountStage.other, of: mara, starting: fresh, now: start)

        let alive = try await [1, 2, 3, 9].asyncFilter {
            try await stage.accounts.session(tokenDigest: [$0], now: start) != nil
        }
        #expect(alive == [3, 9])
        #expect(try await stage.accounts.credentials(email: "mara@example.com")?.password == AccountStage.other)
        #expect(try await stage.accounts.password(of: mara) == AccountStage.other)
        #expect(try await stage.accounts.link(tokenDigest: [4], now: start) == nil)
        #expect(try await stage.accounts.link(tokenDigest: [5], now: start) != nil)
    }

    @Test("nobody gets into an account that is about to go", arguments: AccountBackend.allCases)
    func ending(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let mara = try await stage.addUser()
        _ = try await stage.addSession(1, of: mara)
        try await stage.addLink(2, .resetPassword, to: "mara@example.com")
        try await stage.addLink(3, .changeEmail(mara), to: "new@example.com")

        _ = try await stage.accounts.requestDeletion(of: mara, now: start)

        let accounts = stage.accounts
        #expect(try await accounts.session(tokenDigest: [1], now: start) == nil)
        #expect(try await accounts.credentials(email: "mara@example.com") == nil)
        #expect(try await accounts.user(email: "mara@example.com") == nil)
        #expect(try await accounts.user(mara) != nil)
        #expect(try await accounts.link(tokenDigest: [3], now: start) == nil)
        let session = AccountStage.newSession(9, of: mara)
        let reset = try await accounts.completeReset(
            tokenDigest: [2], password: AccountStage.other, starting: session, now: start)
        #expect(reset == .unknown)
        await #expect(throws: (any Error).self) {
            try await accounts.setPassword(AccountStage.other, of: mara, starting: session, now: start)
        }
    }
}

@Suite("Sessions keep their promises")
struct SessionPromiseTests {
    private let start = AccountStage.start

    @Test("are found by their digest until they expire or end", arguments: AccountBackend.allCases)
    func finding(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let mara = try await stage.addUser()
        let session = try await stage.addSession(1, of: mara)

        #expect(try await stage.accounts.session(tokenDigest: [1], now: start.adding(seconds: 999)) == session)
        #expect(try await stage.accounts.session(tokenDigest: [1], now: start.adding(seconds: 1000)) == nil)
        #expect(try await stage.accounts.session(tokenDigest: [2], now: start) == nil)
        try await stage.accounts.deleteSession(tokenDigest: [1])
        #expect(try await stage.accounts.session(tokenDigest: [1], now: start) == nil)
    }

    @Test("are listed last seen first, without those of others and expired ones", arguments: AccountBackend.allCases)
    func listing(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let (mara, boris) = (try await stage.addUser(), try await stage.addUser("boris@example.com"))
        for number in UInt8(1)...3 { _ = try await stage.addSession(number, of: mara, after: Int64(number)) }
        _ = try await stage.addSession(4, of: boris)
        let first = try #require(try await stage.accounts.session(tokenDigest: [1], now: start))

        try await stage.accounts.touchSession(first.id, now: start.adding(seconds: 60))

        let now = start.adding(seconds: 1002)
        let listed = try await stage.accounts.sessions(of: mara, now: now)
        #expect(listed.map(\.userAgent) == ["Browser 3"])
        let all = try await stage.accounts.sessions(of: mara, now: start)
        #expect(all.map(\.userAgent) == ["Browser 1", "Browser 3", "Browser 2"])
        #expect(all[0].seenAt == start.adding(seconds: 60) && all[0].createdAt == first.createdAt)
    }

    @Test("are ended by their owner alone", arguments: AccountBackend.allCases)
    func ending(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let (mara, boris) = (try await stage.addUser(), try await stage.addUser("boris@example.com"))
        let session = try await stage.addSession(1, of: mara)

        #expect(try await !stage.accounts.deleteSession(session.id, of: boris))
        #expect(try await stage.accounts.session(tokenDigest: [1], now: start) != nil)
        #expect(try await stage.accounts.deleteSession(session.id, of: mara))
        #expect(try await !stage.accounts.deleteSession(session.id, of: mara))
    }
}

extension Array where Element: Sendable {
    fileprivate func asyncFilter(_ isIncluded: (Element) async throws -> Bool) async rethrows -> [Element] {
        var result: [Element] = []
        for element in self where try await isIncluded(element) { result.append(element) }
        return result
    }
}
