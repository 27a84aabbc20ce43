import Core
import TestSupport
import Testing

@Suite("Identities keep their promises")
struct IdentityPromiseTests {
    private let start = AccountStage.start
    private let identity = Identity(issuer: "https://clerk.example", subject: "user_1")
    private let profile = IdentityProfile(email: "mara@example.com", name: "Mara")

    private func owner(_ accounts: any AccountKeeping, _ profile: IdentityProfile? = nil) async throws -> UserID? {
        guard case .user(let user, _) = try await accounts.owner(of: identity, profile ?? self.profile, now: start)
        else {
            return nil
        }
        return user
    }

    @Test("make one user, whoever comes how often", arguments: AccountBackend.allCases)
    func once(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)

        let owners = try await withThrowingTaskGroup(of: IdentityOwner.self) { group in
            for _ in 0..<10 { group.addTask { try await stage.accounts.owner(of: identity, profile, now: start) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        let user = try #require(try await owner(stage.accounts))
        #expect(owners.filter { $0 == .user(user, isNew: true) }.count == 1)
        #expect(owners.filter { $0 == .user(user, isNew: false) }.count == 9)
        #expect(try await stage.accounts.user(user)?.email == "mara@example.com")
        #expect(try await stage.accounts.credentials(email: "mara@example.com") == nil, "there is no password")
        #expect(try await stage.accounts.identities(of: user) == [identity])
    }

    @Test("are never linked by an address", arguments: AccountBackend.allCases)
    func addresses(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let local = try await stage.addUser()

        let user = try #require(try await owner(stage.accounts))

        #expect(user != local)
        #expect(try await stage.accounts.user(user)?.email == nil)
        #expect(try await stage.accounts.user(local)?.email == "mara@example.com")
        let other = Identity(issuer: "https://other.example", subject: identity.subject)
        let third = try await stage.accounts.owner(of: other, IdentityProfile(email: nil, name: nil), now: start)
        #expect(third != .user(user, isNew: false))
    }

    @Test("follow what the issuer says, in its order", arguments: AccountBackend.allCases)
    func updates(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let accounts = stage.accounts
        let user = try #require(try await owner(accounts))
        func say(_ email: String?, _ name: String?, at seconds: Int64) async throws -> Change? {
            try await accounts.update(
                identity, IdentityProfile(email: email, name: name), saidAt: start.adding(seconds: seconds), now: start)
        }

        #expect(try await say("new@example.com", "Mara K", at: 10) != nil)
        #expect(try await say("old@example.com", "Old", at: 9) == nil)
        #expect(try await say("new@example.com", nil, at: 11) == nil, "nothing is new")
        let known = try #require(try await accounts.user(user))
        #expect((known.email, known.name) == ("new@example.com", "Mara K"))
        _ = try await stage.addUser("boris@example.com")
        #expect(try await say("boris@example.com", nil, at: 12) == nil, "somebody else has it")
        #expect(try await accounts.user(user)?.email == "new@example.com")
    }

    @Test("that ended come back by nothing", arguments: AccountBackend.allCases)
    func ended(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let accounts = stage.accounts
        let user = try #require(try await owner(accounts))

        #expect(try await accounts.end(identity, now: start) == user)

        #expect(try await accounts.end(identity, now: start) == nil)
        #expect(try await accounts.owner(of: identity, profile, now: start) == .gone)
        let late = try await accounts.update(identity, profile, saidAt: start.adding(seconds: 99), now: start)
        #expect(late == nil)
        let unseen = Identity(issuer: identity.issuer, subject: "user_2")
        #expect(try await accounts.end(unseen, now: start) == nil)
        #expect(try await accounts.owner(of: unseen, profile, now: start) == .gone, "ended before it was ever seen")
    }

    @Test("of a user who left begin anew", arguments: AccountBackend.allCases)
    func left(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let user = try #require(try await owner(stage.accounts))
        _ = try await stage.accounts.requestDeletion(of: user, now: start)

        let next = try await stage.accounts.owner(of: identity, IdentityProfile(email: nil, name: nil), now: start)

        #expect(next != .user(user, isNew: false) && next != .gone)
    }

    @Test("a state is spent once, until it has expired", arguments: AccountBackend.allCases)
    func states(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let accounts = stage.accounts
        defer { withExtendedLifetime(stage) {} }
        let expiry = start.adding(seconds: 600)

        #expect(try await accounts.spendState(digest: [1], until: expiry, now: start))
        #expect(try await !accounts.spendState(digest: [1], until: expiry, now: start.adding(seconds: 599)))
        #expect(try await accounts.spendState(digest: [2], until: expiry, now: start))
        #expect(
            try await accounts.spendState(digest: [1], until: expiry, now: expiry), "forgotten when it is worthless")
    }
}

@Suite("The webhook ledger keeps its promises")
struct WebhookPromiseTests {
    private let start = AccountStage.start

    @Test("an event is noted once per source", arguments: AccountBackend.allCases)
    func once(backend: AccountBackend) async throws {
        let stage = try await AccountStage(backend)
        let accounts = stage.accounts
        defer { withExtendedLifetime(stage) {} }
        let event = WebhookEvent(source: "clerk", eventID: "msg_1", type: "user.created", body: #"{"a":"ü"}"#)

        let new = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 { group.addTask { try await accounts.record(event, now: start) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }

        #expect(new == 1)
        #expect(try await accounts.event(source: "clerk", eventID: "msg_1") == event)
        #expect(try await accounts.event(source: "stripe", eventID: "msg_1") == nil)
        let other = WebhookEvent(source: "stripe", eventID: "msg_1", type: "t", body: "{}")
        #expect(try await accounts.record(other, now: start))
        try await accounts.markApplied(source: "clerk", eventID: "msg_1", now: start)
        #expect(try await accounts.event(source: "clerk", eventID: "msg_1") == nil)
    }
}
