import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Callers")
struct CallerTests {
    /// A token of the user; its text is what a program sends.
    private func token(
        of user: UserID, _ scopes: Set<TokenScope>, in harness: Harness, expires: Instant? = nil
    ) -> (text: String, digest: [UInt8]) {
        let secret = SessionToken.random()
        let token = APIToken(
            id: APITokenID(at: ManualClock.start, randomness: (1, 1)), userID: user, name: "script", scopes: scopes,
            times: (ManualClock.start, nil, expires))
        harness.tokens.add(token, digest: secret.digest)
        return (TokenBearers.prefix + secret.text, secret.digest)
    }

    @Test("A token acts for its user, and the time of its use is noted")
    func token() async throws {
        let harness = try await Harness()
        let (text, digest) = token(of: harness.mara, [.trendsRead], in: harness)

        try await harness.test { client in
            let answer = try await client.get("/api/trends", [.authorization: "Bearer \(text)"])
            #expect(answer.status == .ok)
        }
        #expect(harness.tokens.stored(digest)?.lastUsedAt == ManualClock.start)
    }

    @Test("A token without the scope is 403 and names the scope")
    func scope() async throws {
        let harness = try await Harness()
        let (text, _) = token(of: harness.mara, [.trendsWrite], in: harness)

        try await harness.test { client in
            let answer = try await client.get("/api/trends", [.authorization: "Bearer \(text)"])
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("trends:read"))
        }
    }

    @Test("A bad bearer is 401 even beside a good cookie", arguments: ["kap_x", "x", "eyJ.a.b", ""])
    func badBearer(text: String) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let answer = try await client.get("/api/trends", [.authorization: "Bearer \(text)", .cookie: cookie])
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.wwwAuthenticate]?.contains("invalid_token") == true)
        }
    }

    @Test("An expired and a revoked token are 401")
    func expiry() async throws {
        let harness = try await Harness()
        let expired = token(of: harness.mara, [.trendsRead], in: harness, expires: ManualClock.start.adding(seconds: 9))
        let revoked = token(of: harness.mara, [.trendsRead], in: harness)
        harness.clock.advance(seconds: 10)
        harness.tokens.revoke(digest: revoked.digest)

        try await harness.test { client in
            for text in [expired.text, revoked.text] {
                let answer = try await client.get("/api/trends", [.authorization: "Bearer \(text)"])
                #expect(answer.status == .unauthorized)
            }
        }
    }

    @Test(
        "What is for browsers or the operator alone refuses tokens and others", arguments: [Access.browser, .operators])
    func browserOnly(access: Access) async throws {
        let harness = try await Harness()
        let callers = Callers(
            sessions: harness.server.sessions, accounts: harness.accounts,
            bearers: [TokenBearers(tokens: harness.tokens, now: harness.clock.read)])
        let (text, _) = token(of: harness.anna, Set(TokenScope.allCases), in: harness)
        let cookie = try await harness.cookie(of: harness.anna)

        let byToken = await #expect(throws: APIFailure.self) {
            try await callers.caller(of: .asking([.authorization: "Bearer \(text)"]), for: access)
        }
        #expect(byToken?.code == .forbidden)
        if access == .browser {
            #expect(try await callers.caller(of: .asking([.cookie: cookie]), for: access)?.userID == harness.anna)
        } else {
            await #expect(throws: APIFailure.self) {
                try await callers.caller(of: .asking([.cookie: cookie]), for: access)
            }
        }
    }
}
