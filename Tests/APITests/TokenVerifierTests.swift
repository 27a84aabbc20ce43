import Core
import Crypto
import Synchronization
import Testing

@testable import API

@Suite("Tokens of an issuer")
struct TokenVerifierTests {
    private let issuer = TestIssuer()
    private let clock = ManualClock()
    private let verifier: TokenVerifier

    init() throws {
        let client = IssuerSettings.Client(id: "client_1", secret: "secret")
        let settings = try IssuerSettings(
            issuer: TestIssuer.address, client: client, parties: ["http://localhost"], name: "Example")
        let documents = IssuerDocuments(settings: settings, fetching: issuer)
        let keys = Refreshed(RefreshTerms(), now: clock.read) {
            try await documents.keys(at: TestIssuer.address + "/keys")
        }
        verifier = TokenVerifier(settings, keys: keys, now: clock.read)
    }

    private func refusal(_ token: String) async -> TokenRefusal? {
        await #expect(throws: TokenRefusal.self) { try await verifier.sessionClaims(token) }
    }

    @Test("are taken with a good signature, in time, for our pages")
    func valid() async throws {
        issuer.add(TestIssuer.elliptic, as: "ins_2")

        let claims = try await verifier.sessionClaims(TestIssuer.token(TestIssuer.claims()))
        #expect(claims.subject == "user_1" && claims.sessionID == "sess_1")
        let elliptic = try TestIssuer.token(
            TestIssuer.claims(), header: ["alg": .text("ES256"), "kid": .text("ins_2"), "oiat": .integer(1)],
            key: TestIssuer.elliptic)
        #expect(try await verifier.sessionClaims(elliptic).subject == "user_1")
    }

    @Test(
        "are refused when a claim is wrong, missing or of the wrong time",
        arguments: [
            ("iss", JSON.text("https://id.example/"), TokenRefusal.issuer),
            ("iss", .text("https://evil.example"), .issuer),
            ("sub", .text(""), .issuer), ("exp", .integer(1_699_999_994), .expired),
            ("nbf", .integer(1_700_000_006), .notYet),
            ("iat", .integer(1_700_000_006), .notYet), ("azp", .text("https://evil.example"), .party),
            ("azp", nil, .party),
            ("sts", .text("pending"), .pending), ("act", .object(["sub": .text("user_2")]), .actedFor),
            ("exp", nil, .malformed), ("sub", nil, .malformed), ("exp", .text("never"), .malformed),
        ] as [(String, JSON?, TokenRefusal)])
    func claims(name: String, value: JSON?, expected: TokenRefusal) async throws {
        let token = try TestIssuer.token(TestIssuer.claims([name: value]))

        #expect(await refusal(token) == expected)
    }

    @Test("may be off by five seconds, as clocks are", arguments: [("exp", -4), ("nbf", 5), ("iat", 5)])
    func skew(name: String, seconds: Int64) async throws {
        let token = try TestIssuer.token(TestIssuer.claims([name: .integer(1_700_000_000 + seconds)]))

        #expect(try await verifier.sessionClaims(token).subject == "user_1")
    }

    @Test("cannot choose their own algorithm", arguments: ["none", "None", "HS256", "RS384", "PS256", "ES256", ""])
    func algorithms(name: String) async throws {
        let header: [String: JSON] = ["alg": .text(name), "kid": .text("ins_1")]

        for key in [TestIssuer.rsa, NoKey(), SharedSecret(secret: Array(try TestIssuer.rsa.publicPEM().utf8))]
            as [any SigningKey]
        {
            let token = try TestIssuer.token(TestIssuer.claims(), header: header, key: key)
            #expect(await refusal(token) == .algorithm)
        }
    }

    @Test("with the public key as a shared secret are refused, though their header is in order")
    func confusion() async throws {
        let secret = SharedSecret(secret: Array(try TestIssuer.rsa.publicPEM().utf8))
        issuer.add(rawKey: secret.json(id: "shared"))

        #expect(await refusal(try TestIssuer.token(TestIssuer.claims(), key: secret)) == .signature)
        let shared: [String: JSON] = ["alg": .text("HS256"), "kid": .text("shared")]
        #expect(await refusal(try TestIssuer.token(TestIssuer.claims(), header: shared, key: secret)) == .algorithm)
        let disguised: [String: JSON] = ["alg": .text("RS256"), "kid": .text("shared")]
        #expect(await refusal(try TestIssuer.token(TestIssuer.claims(), header: disguised, key: secret)) == .unknownKey)
    }

    @Test("signed by another key, altered, or under another key's name are refused")
    func signatures() async throws {
        issuer.add(TestIssuer.elliptic, as: "ins_2")
        let good = try TestIssuer.token(TestIssuer.claims())
        let parts = good.split(separator: ".")
        let other = Base64URL.encode(JSON.object(TestIssuer.claims(["sub": .text("user_2")])).bytes)

        #expect(await refusal(try TestIssuer.token(TestIssuer.claims(), key: TestIssuer.otherRSA)) == .signature)
        #expect(await refusal("\(parts[0]).\(other).\(parts[2])") == .signature)
        #expect(await refusal("\(parts[0]).\(parts[1]).") == .signature)
        let crossed: [String: JSON] = ["alg": .text("RS256"), "kid": .text("ins_2")]
        #expect(await refusal(try TestIssuer.token(TestIssuer.claims(), header: crossed)) == .algorithm)
        for header in [["alg": .text("RS256")], ["alg": .text("RS256"), "kid": .text("ins_9")]] as [[String: JSON]] {
            #expect(await refusal(try TestIssuer.token(TestIssuer.claims(), header: header)) == .unknownKey)
        }
    }

    @Test(
        "that are no tokens are refused",
        arguments: ["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "e30.e30.", "eyJhbGciOiJSUzI1NiJ9..", "{}.{}.{}"])
    func malformed(token: String) async throws {
        #expect([.malformed, .unknownKey].contains(await refusal(token)))
        #expect(await refusal(token + String(repeating: "x", count: 20_000)) == .malformed)
    }

    @Test("that need an extension we do not know are refused")
    func critical() async throws {
        let header: [String: JSON] = ["alg": .text("RS256"), "kid": .text("ins_1"), "crit": .array([.text("b64")])]

        #expect(await refusal(try TestIssuer.token(TestIssuer.claims(), header: header)) == .malformed)
    }
}

@Suite("ID tokens")
struct IDTokenTests {
    private let verifier: TokenVerifier

    init() throws {
        let (issuer, clock) = (TestIssuer(), ManualClock())
        let settings = try IssuerSettings(
            issuer: TestIssuer.address, client: .init(id: "client_1", secret: nil), parties: [], name: nil)
        let documents = IssuerDocuments(settings: settings, fetching: issuer)
        let keys = Refreshed(RefreshTerms(), now: clock.read) {
            try await documents.keys(at: TestIssuer.address + "/keys")
        }
        verifier = TokenVerifier(settings, keys: keys, now: clock.read)
    }

    private func check(_ changes: [String: JSON?], nonce: String = "n-1", accessToken: String? = nil) async throws {
        let own: [String: JSON?] = ["aud": .text("client_1"), "azp": nil, "nonce": .text("n-1")]
        let token = try TestIssuer.token(TestIssuer.claims(own.merging(changes) { $1 }))
        _ = try await verifier.idClaims(token, nonce: nonce, accessToken: accessToken)
    }

    @Test("are taken when they are for this client and this sign-in")
    func valid() async throws {
        try await check([:])
        try await check(["aud": .array([.text("client_1")])])
        try await check(["aud": .array([.text("other"), .text("client_1")]), "azp": .text("client_1")])
    }

    @Test(
        "are refused for another client or another sign-in",
        arguments: [
            (["aud": .text("other")], .audience), (["aud": nil], .audience), (["aud": .array([])], .audience),
            (["aud": .array([.text("other"), .text("client_1")])], .party), (["azp": .text("other")], .party),
            (["nonce": .text("n-2")], .nonce), (["nonce": nil], .nonce), (["nonce": .text("")], .nonce),
        ] as [([String: JSON?], TokenRefusal)])
    func refused(changes: [String: JSON?], expected: TokenRefusal) async throws {
        let refusal = await #expect(throws: TokenRefusal.self) { try await check(changes) }
        #expect(refusal == expected)
    }

    @Test("must belong to the access token that came with them")
    func accessTokenHash() async throws {
        let hash = Base64URL.encode(Array(SHA256.hash(data: Array("access".utf8)).prefix(16)))

        try await check(["at_hash": .text(hash)], accessToken: "access")
        let refusal = await #expect(throws: TokenRefusal.self) {
            try await check(["at_hash": .text(hash)], accessToken: "another")
        }
        #expect(refusal == .accessTokenHash)
    }

    @Test("bring an address only when the issuer has verified it")
    func addresses() throws {
        func profile(_ verified: TokenClaims.Truth?, email: String = "Mara@Example.com") -> IdentityProfile {
            var claims = TokenClaims(issuer: "i", subject: "s", expiresAt: 0)
            (claims.email, claims.emailVerified, claims.name) = (email, verified, " Mara K ")
            return IdentityProfile(claims)
        }
        #expect(profile(.init(true)) == IdentityProfile(email: "mara@example.com", name: "Mara K"))
        for verified in [nil, TokenClaims.Truth(false)] { #expect(profile(verified).email == nil) }
        #expect(profile(.init(true), email: "no address").email == nil)
    }
}

@Suite("Keys of an issuer")
struct IssuerKeyTests {
    private let issuer = TestIssuer()
    private let clock = ManualClock()

    private func verifier(_ terms: RefreshTerms = RefreshTerms()) throws -> TokenVerifier {
        let settings = try IssuerSettings(
            issuer: TestIssuer.address, client: nil, parties: ["http://localhost"], name: nil)
        let documents = IssuerDocuments(settings: settings, fetching: issuer)
        let keys = Refreshed(terms, now: clock.read) { try await documents.keys(at: TestIssuer.address + "/keys") }
        return TokenVerifier(settings, keys: keys, now: clock.read)
    }

    private func token(_ key: any SigningKey = TestIssuer.rsa, id: String = "ins_1") throws -> String {
        let header: [String: JSON] = ["alg": .text("RS256"), "kid": .text(id)]
        return try TestIssuer.token(TestIssuer.claims(now: clock.read()), header: header, key: key)
    }

    @Test("are fetched once for many who ask at the same time")
    func singleFlight() async throws {
        let verifier = try verifier()
        let token = try token()

        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await verifier.sessionClaims(token) } }
            try await group.waitForAll()
        }

        #expect(issuer.fetched.count == 1)
    }

    @Test("are fetched again for a key that is new, but not at a stranger's will")
    func rotation() async throws {
        let verifier = try verifier()
        _ = try await verifier.sessionClaims(try token())
        for number in 0..<10 {
            await #expect(throws: TokenRefusal.unknownKey) {
                try await verifier.sessionClaims(try token(id: "made-up-\(number)"))
            }
        }
        #expect(issuer.fetched.count == 1)

        clock.advance(seconds: 31)
        issuer.add(TestIssuer.otherRSA, as: "ins_2")

        #expect(try await verifier.sessionClaims(try token(TestIssuer.otherRSA, id: "ins_2")).subject == "user_1")
        #expect(issuer.fetched.count == 2)
    }

    @Test("that changed under the same name are found")
    func sameName() async throws {
        let verifier = try verifier()
        _ = try await verifier.sessionClaims(try token())
        clock.advance(seconds: 31)
        issuer.removeKeys()
        issuer.add(TestIssuer.otherRSA, as: "ins_1")

        #expect(try await verifier.sessionClaims(try token(TestIssuer.otherRSA)).subject == "user_1")
        await #expect(throws: TokenRefusal.signature) { try await verifier.sessionClaims(try token()) }
    }

    @Test("count for a day while the issuer cannot be reached, and then no more")
    func outage() async throws {
        let verifier = try verifier()
        _ = try await verifier.sessionClaims(try token())
        issuer.isDown(true)

        clock.advance(seconds: 86_000)
        #expect(try await verifier.sessionClaims(try token()).subject == "user_1")
        clock.advance(seconds: 500)
        await #expect(throws: ServiceFailure.self) { try await verifier.sessionClaims(try token()) }
        issuer.isDown(false)
        await #expect(throws: ServiceFailure.self) { try await verifier.sessionClaims(try token()) }
        clock.advance(seconds: 31)
        #expect(try await verifier.sessionClaims(try token()).subject == "user_1")
    }

    @Test("of kinds that we do not take spoil nothing")
    func otherKinds() async throws {
        for key in [
            #"{"kty":"OKP","crv":"Ed25519","kid":"a","x":"AA"}"#, #"{"kty":"oct","kid":"b","k":"AA"}"#,
            #"{"kty":"new"}"#,
            "{}", #"{"kty":"RSA","kid":"c"}"#, #"{"kty":"EC","crv":"P-999","kid":"d"}"#,
        ] { issuer.add(rawKey: key) }

        #expect(try await verifier().sessionClaims(try token()).subject == "user_1")
    }
}
