import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Tokens of an issuer")
struct IssuerTokenTests {
    private let issuer = TestIssuer()

    /// A token that is refused, and why.
    struct Refused: Sendable, CustomTestStringConvertible {
        let why: String
        var changes: [String: JSON?] = [:]
        var header: [String: JSON] = ["alg": .text("RS256"), "kid": .text("ins_1")]
        var key: any SigningKey = TestIssuer.rsa

        var testDescription: String { why }

        func token() throws -> String { try TestIssuer.token(TestIssuer.claims(changes), header: header, key: key) }
    }

    static let wrong = [
        Refused(why: "expired", changes: ["exp": .integer(ManualClock.start.milliseconds / 1000 - 6)]),
        Refused(why: "not yet", changes: ["nbf": .integer(ManualClock.start.milliseconds / 1000 + 60)]),
        Refused(why: "another issuer", changes: ["iss": .text("https://other.example")]),
        Refused(why: "another page's", changes: ["azp": .text("https://other.example")]),
        Refused(why: "no page's", changes: ["azp": nil]),
        Refused(why: "an unfinished session", changes: ["sts": .text("pending")]),
        Refused(why: "somebody in their place", changes: ["act": .object(["sub": .text("user_2")])]),
        Refused(why: "algorithm none", header: ["alg": .text("none"), "kid": .text("ins_1")], key: NoKey()),
        Refused(why: "algorithm none, signed", header: ["alg": .text("none"), "kid": .text("ins_1")]),
        Refused(why: "unknown key", header: ["alg": .text("RS256"), "kid": .text("ins_9")], key: TestIssuer.otherRSA),
        Refused(why: "no key named", header: ["alg": .text("RS256")]),
        Refused(why: "another key under the name", key: TestIssuer.otherRSA),
    ]

    @Test("sign in by POST /api/auth/sync, as bearer or as Clerk's cookie, and always the same user")
    func sync() async throws {
        let harness = try await Harness.vouched(by: issuer)
        let token = try TestIssuer.token(TestIssuer.claims())
        try await harness.test { client in
            let ways: [HTTPFields] = [
                [.authorization: "Bearer \(token)"], [.cookie: "__session=\(token)"],
                [.cookie: "other=1; __session_ab12=\(token); __client_uat=1"],
                [.cookie: "__session=stale.token.here; __session_ab12=\(token)"],
            ]
            var users: Set<String?> = []
            for way in ways {
                let answer = try await client.post("/api/auth/sync", json: "{}", way)
                #expect(answer.status == .ok)
                let cookie = try #require(answer.cookie)
                #expect(cookie.hasPrefix("kapture="))
                users.insert(try await client.account([.cookie: cookie])["id"]?.text)
                #expect(answer.json["data"]?["id"]?.text == users.first)
            }
            #expect(users.count == 1)
        }
    }

    @Test("act for their user as bearers, everywhere but where a browser is needed")
    func bearer() async throws {
        let harness = try await Harness.vouched(by: issuer)
        let bearer: HTTPFields = [.authorization: "Bearer \(try TestIssuer.token(TestIssuer.claims()))"]
        try await harness.test { client in
            #expect(try await client.account(bearer)["has_password"] == .bool(false))
            let named = try await client.post("/api/auth/profile", json: #"{"name":"Mara K"}"#, bearer)
            #expect(named.status == .ok)
            #expect(try await client.account(bearer)["name"] == .text("Mara K"))
            #expect(try await client.get("/api/sessions", bearer).status == .forbidden)
            #expect(try await client.delete("/api/auth/user", bearer).status == .forbidden)
        }
    }

    @Test("that are not in order do nothing and make nobody", arguments: wrong)
    func refused(_ refused: Refused) async throws {
        let harness = try await Harness.vouched(by: issuer)
        let token = try refused.token()
        try await harness.test { client in
            let read = try await client.get("/api/auth/user", [.authorization: "Bearer \(token)"])
            #expect(read.status == .unauthorized)
            for way in [[.authorization: "Bearer \(token)"], [.cookie: "__session=\(token)"]] as [HTTPFields] {
                let answer = try await client.post("/api/auth/sync", json: "{}", way)
                #expect(answer.status == .unauthorized && answer.headers[.setCookie] == nil)
                #expect(answer.json["error"]?["code"] == .text("UNAUTHORIZED"))
                #expect(!answer.text.contains(refused.why), "why stands in the log alone")
            }
        }
        #expect(harness.accounts.sessionDigests.isEmpty)
    }

    @Test("in Clerk's cookie sign nobody in but through sync, and not from another site")
    func cookie() async throws {
        let harness = try await Harness.vouched(by: issuer)
        let cookie: HTTPFields = [.cookie: "__session=\(try TestIssuer.token(TestIssuer.claims()))"]
        try await harness.test { client in
            let read = try await client.get("/api/auth/user", cookie)
            #expect(read.status == .unauthorized)
            var foreign = cookie
            foreign[.origin] = "https://evil.example"
            #expect(try await client.post("/api/auth/sync", json: "{}", foreign).status == .forbidden)
            #expect(try await client.post("/api/auth/sync", json: "{}").status == .unauthorized)
        }
    }

    @Test("are worth nothing once the issuer has deleted whose they are")
    func gone() async throws {
        let harness = try await Harness.vouched(by: issuer)
        let bearer: HTTPFields = [.authorization: "Bearer \(try TestIssuer.token(TestIssuer.claims()))"]
        let identity = Identity(issuer: TestIssuer.address, subject: "user_1")
        _ = try await harness.accounts.end(identity, now: harness.clock.read())
        try await harness.test { client in
            let sync = try await client.post("/api/auth/sync", json: "{}", bearer)
            let read = try await client.get("/api/auth/user", bearer)
            #expect(sync.status == .forbidden && read.status == .forbidden)
        }
    }

    @Test("are no tokens at all where no issuer is set")
    func off() async throws {
        let harness = try await Harness()
        let bearer: HTTPFields = [.authorization: "Bearer \(try TestIssuer.token(TestIssuer.claims()))"]
        try await harness.test { client in
            let answer = try await client.post("/api/auth/sync", json: "{}", bearer)
            #expect(answer.status == .notFound && answer.text.contains("KAPTURE_OIDC_ISSUER"))
            #expect(try await client.get("/api/auth/user", bearer).status == .unauthorized)
        }
    }
}
