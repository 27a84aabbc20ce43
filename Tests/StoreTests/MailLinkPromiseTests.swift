import Core
import TestSupport
import Testing

@Suite("Mail links keep their promises")
struct MailLinkPromiseTests {
    private let start = AccountStage.start
    private let signUp = MailLink.Purpose.signUp(name: "Mara", password: AccountStage.hash)

    @Test("are kept until they expire, and followed by the newest token alone", arguments: AccountBackend.allCases)
    func arming(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let accounts = stage.accounts
        let link = try await stage.addLink(1, signUp, to: "mara@example.com")
        try await accounts.arm(link.id, tokenDigest: [2], now: start)

        #expect(try await accounts.link(link.id, now: start) == link)
        #expect(try await accounts.link(tokenDigest: [1], now: start) == nil)
        #expect(try await accounts.link(tokenDigest: [2], now: start.adding(seconds: 99)) == link)
        #expect(try await accounts.link(tokenDigest: [2], now: start.adding(seconds: 100)) == nil)
        try await accounts.forget(link.id)
        #expect(try await accounts.link(link.id, now: start) == nil)
    }

    @Test("make an account once, with its address confirmed", arguments: AccountBackend.allCases)
    func signingUp(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        try await stage.addLink(1, signUp, to: "mara@example.com")
        try await stage.addLink(2, signUp, to: "mara@example.com")
        #expect(try await stage.accounts.credentials(email: "mara@example.com") == nil)

        let outcome = try await stage.accounts.completeSignUp(tokenDigest: [1], now: start)

        guard case .done(let user) = outcome else { return #expect(outcome == .done(UserID(rawValue: "any"))) }
        #expect(try await stage.accounts.credentials(email: "mara@example.com")?.user == user)
        #expect(try await stage.accounts.user(user)?.name == "Mara")
        for token in [UInt8(1), 2, 3] {
            #expect(try await stage.accounts.completeSignUp(tokenDigest: [token], now: start) == .unknown)
        }
    }

    @Test("make no account over another, and none once expired", arguments: AccountBackend.allCases)
    func refusedSignUp(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        try await stage.addLink(1, signUp, to: "mara@example.com")
        try await stage.addLink(2, signUp, to: "late@example.com")
        let mara = try await stage.addUser()

        #expect(try await stage.accounts.completeSignUp(tokenDigest: [1], now: start) == .taken)
        let late = try await stage.accounts.completeSignUp(tokenDigest: [2], now: start.adding(seconds: 100))
        #expect(late == .unknown)
        #expect(try await stage.accounts.credentials(email: "mara@example.com")?.user == mara)
        #expect(try await stage.accounts.user(email: "late@example.com") == nil)
    }

    @Test("set a password once, for whoever has the address", arguments: AccountBackend.allCases)
    func resetting(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let (mara, boris) = (try await stage.addUser(), try await stage.addUser("boris@example.com"))
        _ = try await stage.addSession(1, of: mara)
        for number in UInt8(2)...4 { try await stage.addLink(number, .resetPassword, to: "mara@example.com") }
        let accounts = stage.accounts
        func reset(_ token: UInt8, _ user: UserID, after seconds: Int64 = 0) async throws -> LinkOutcome<UserID> {
            let session = AccountStage.newSession(token + 100, of: user)
            return try await accounts.completeReset(
                tokenDigest: [token], password: AccountStage.other, starting: session,
                now: start.adding(seconds: seconds))
        }

        #expect(try await reset(2, mara, after: 100) == .unknown)
        #expect(try await reset(4, boris) == .unknown)
        #expect(try await accounts.credentials(email: "boris@example.com")?.password == AccountStage.hash)
        #expect(try await reset(2, mara) == .done(mara))
        #expect(try await accounts.credentials(email: "mara@example.com")?.password == AccountStage.other)
        #expect(try await accounts.session(tokenDigest: [1], now: start) == nil)
        #expect(try await accounts.session(tokenDigest: [102], now: start)?.userID == mara)
        for token in [UInt8(2), 3] { #expect(try await reset(token, mara) == .unknown) }
    }

    @Test("change the address once, for the user who asked", arguments: AccountBackend.allCases)
    func changing(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let (mara, boris) = (try await stage.addUser(), try await stage.addUser("boris@example.com"))
        try await stage.addLink(1, .changeEmail(mara), to: "new@example.com")
        let accounts = stage.accounts

        #expect(try await accounts.completeEmailChange(tokenDigest: [1], by: boris, now: start) == .unknown)
        let outcome = try await accounts.completeEmailChange(tokenDigest: [1], by: mara, now: start)
        #expect(outcome == .done(Change(site: .user(mara), revision: 2)))
        #expect(try await accounts.user(mara)?.email == "new@example.com")
        #expect(try await accounts.completeEmailChange(tokenDigest: [1], by: mara, now: start) == .unknown)
        try await stage.addLink(2, .changeEmail(mara), to: "boris@example.com")
        #expect(try await accounts.completeEmailChange(tokenDigest: [2], by: mara, now: start) == .taken)
    }

    @Test("do only what they were sent for", arguments: AccountBackend.allCases)
    func purposes(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let mara = try await stage.addUser()
        try await stage.addLink(1, signUp, to: "new@example.com")
        try await stage.addLink(2, .resetPassword, to: "mara@example.com")
        try await stage.addLink(3, .changeEmail(mara), to: "other@example.com")
        let accounts = stage.accounts
        let session = AccountStage.newSession(9, of: mara)

        for token in [UInt8(2), 3] {
            #expect(try await accounts.completeSignUp(tokenDigest: [token], now: start) == .unknown)
        }
        for token in [UInt8(1), 3] {
            let outcome = try await accounts.completeReset(
                tokenDigest: [token], password: AccountStage.other, starting: session, now: start)
            #expect(outcome == .unknown)
        }
        for token in [UInt8(1), 2] {
            #expect(try await accounts.completeEmailChange(tokenDigest: [token], by: mara, now: start) == .unknown)
        }
        for token in [UInt8(1), 2, 3] { #expect(try await accounts.link(tokenDigest: [token], now: start) != nil) }
    }

    @Test("followed by many at once are followed by one", arguments: AccountBackend.allCases)
    func once(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        try await stage.addLink(1, signUp, to: "mara@example.com")

        let done = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    if case .done = try await stage.accounts.completeSignUp(tokenDigest: [1], now: start) {
                        true
                    } else {
                        false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }

        #expect(done == 1)
    }
}
