import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Signing in through an issuer")
struct IssuerSignInTests {
    private let issuer = TestIssuer()
    private static let callback = "/api/auth/oidc/callback"

    private func harness(_ client: IssuerSettings.Client? = .init(id: "kapture", secret: "s3 cret")) async throws
        -> Harness
    {
        try await .vouched(by: issuer, client)
    }

    @Test("leads there and back by a code that is worth nothing without this browser's secret, and signs in")
    func whole() async throws {
        let harness = try await harness()
        try await harness.test { client in
            let begun = try await Begun(client, next: "/trends/")
            #expect(begun.fields["response_type"] == "code" && begun.fields["code_challenge_method"] == "S256")
            #expect(begun.fields["redirect_uri"] == Harness.origin + Self.callback)
            issuer.answers(200, try begun.tokens(["email": .text("mara.k@example.com"), "name": .text("Mara K")]))
            let back = try await client.get(begun.callback(), [.cookie: begun.cookie])

            #expect(back.status == .seeOther && back.headers[.location] == "/trends/")
            let session = try #require(back.headers[values: .setCookie].first { $0.hasPrefix("kapture=") })
            #expect(back.headers[values: .setCookie].contains { $0.hasPrefix("kapture-flow=; Max-Age=0") })
            let account = try await client.account([.cookie: session.upToSemicolon])
            #expect(account["email"] == .text("mara.k@example.com") && account["name"] == .text("Mara K"))
            #expect(account["has_password"] == .bool(false))

            let asked = try #require(issuer.asked.first)
            let sent = try FormText.fields(asked.body)
            #expect(sent["code"] == "c-1" && sent["redirect_uri"] == begun.fields["redirect_uri"])
            #expect(SignInFlow.challenge(for: sent["code_verifier"] ?? "") == begun.fields["code_challenge"])
            let basic = "Basic " + Data("kapture:s3%20cret".utf8).base64EncodedString()
            #expect(asked.headers.contains { $0.name == "Authorization" && $0.value == basic })
        }
    }

    @Test("the next time is the same user, whatever the address is by then")
    func again() async throws {
        let harness = try await harness()
        try await harness.test { client in
            var users: [String?] = []
            for email in ["first@example.com", "second@example.com", "anna@example.com"] {
                let begun = try await Begun(client)
                issuer.answers(200, try begun.tokens(["email": .text(email)]))
                let back = try await client.get(begun.callback(), [.cookie: begun.cookie])
                #expect(back.headers[.location] == "/dashboard/")
                let cookie = try #require(back.headers[values: .setCookie].first).upToSemicolon
                users.append(try await client.account([.cookie: cookie])["id"]?.text)
            }
            #expect(Set(users).count == 1 && users[0] != nil && users[0] != harness.anna.rawValue)
        }
    }

    /// What somebody or something did to the way back.
    enum Tampering: String, CaseIterable {
        case otherState, noCookie, cookieOfAnother, brokenCookie, tooLate, otherNonce, noNonce, otherAudience
        case otherKey, noAlgorithm, expired, otherIssuerInToken, otherIssuerInAddress
    }

    @Test("is refused when anything on the way was changed", arguments: Tampering.allCases)
    func tampered(with tampering: Tampering) async throws {
        let harness = try await harness()
        try await harness.test { client in
            let begun = try await Begun(client)
            let (address, cookie) = try await prepare(tampering, begun, client, harness.clock)
            let back = try await client.get(address, [.cookie: cookie])

            let isAboutBrowser: [Tampering] = [.otherState, .noCookie, .cookieOfAnother, .brokenCookie, .tooLate]
            #expect(back.status == (isAboutBrowser.contains(tampering) ? .forbidden : .unauthorized))
            #expect(!back.headers[values: .setCookie].contains { $0.hasPrefix("kapture=") })
            #expect(issuer.asked.isEmpty == (isAboutBrowser.contains(tampering) || tampering == .otherIssuerInAddress))
        }
        #expect(try await harness.accounts.user(email: "new@example.com") == nil)
    }

    /// The address and cookie that the browser comes back with.
    private func prepare(
        _ tampering: Tampering, _ begun: Begun, _ client: any TestClientProtocol, _ clock: ManualClock
    ) async throws -> (address: String, cookie: String) {
        let now = clock.read().milliseconds / 1000
        var (changes, key): ([String: JSON?], any SigningKey) = (["email": .text("new@example.com")], TestIssuer.rsa)
        var header: [String: JSON] = ["alg": .text("RS256"), "kid": .text("ins_1")]
        var (address, cookie) = (begun.callback(), begun.cookie)
        switch tampering {
        case .otherState:
            let state = begun.fields["state"] ?? ""
            address = begun.callback(state: (state.first == "x" ? "y" : "x") + state.dropFirst())
        case .noCookie: cookie = ""
        case .cookieOfAnother: cookie = try await Begun(client).cookie
        case .brokenCookie: cookie = String(cookie.dropLast(4)) + "AAAA"
        case .tooLate: clock.advance(seconds: SignInFlow.lifetime)
        case .otherNonce: changes["nonce"] = .text("another")
        case .noNonce: changes.updateValue(nil, forKey: "nonce")
        case .otherAudience: changes["aud"] = .text("another-client")
        case .otherKey: key = TestIssuer.otherRSA
        case .noAlgorithm: (header["alg"], key) = (.text("none"), NoKey())
        case .expired: changes["exp"] = .integer(now - 6)
        case .otherIssuerInToken: changes["iss"] = .text("https://other.example")
        case .otherIssuerInAddress: address += "&iss=https%3A%2F%2Fother.example"
        }
        issuer.answers(200, try begun.tokens(changes, header: header, key: key))
        return (address, cookie)
    }

    @Test("works once: the same way back again is refused")
    func once() async throws {
        let harness = try await harness()
        try await harness.test { client in
            let begun = try await Begun(client)
            issuer.answers(200, try begun.tokens())
            #expect(try await client.get(begun.callback(), [.cookie: begun.cookie]).status == .seeOther)
            #expect(try await client.get(begun.callback(), [.cookie: begun.cookie]).status == .forbidden)
        }
        #expect(issuer.asked.count == 1)
    }

    @Test("that the user or the issuer stops is told on a page, and can be begun again")
    func stopped() async throws {
        let harness = try await harness()
        let browser: HTTPFields = [.accept: "text/html"]
        try await harness.test { client in
            let begun = try await Begun(client)
            var headers = browser
            headers[.cookie] = begun.cookie
            let address = begun.callback(code: nil) + "&error=access_denied"
            let declined = try await client.get(address, headers)
            #expect(declined.status == .badGateway && declined.text.hasPrefix("failure 502"))
            #expect(declined.text.contains("Example ID did not sign you in"))

            let second = try await Begun(client)
            headers[.cookie] = second.cookie
            let refused = try await client.get(second.callback(), headers)
            #expect(refused.status == .badGateway && refused.text.contains("did not confirm"))
        }
    }

    @Test("leads nowhere else afterwards", arguments: ["//evil.example/", "https://evil.example", "/\\evil", "x"])
    func elsewhere(next: String) async throws {
        let harness = try await harness()
        try await harness.test { client in
            let begun = try await Begun(client, next: next)
            issuer.answers(200, try begun.tokens())
            let back = try await client.get(begun.callback(), [.cookie: begun.cookie])
            #expect(back.headers[.location] == "/dashboard/")
        }
    }

    @Test("says who does not answer while the issuer is down")
    func down() async throws {
        let harness = try await harness()
        issuer.isDown(true)
        try await harness.test { client in
            let answer = try await client.get("/api/auth/oidc", [.accept: "text/html"])
            #expect(answer.status == .badGateway && answer.headers[.setCookie] == nil)
        }
    }

    @Test("is off unless it is set, and says what turns it on")
    func off() async throws {
        let nobody = try await Harness()
        let tokensOnly = try await harness(nil)
        for harness in [nobody, tokensOnly] {
            try await harness.test { client in
                for path in ["/api/auth/oidc", Self.callback + "?code=c&state=s"] {
                    let answer = try await client.get(path)
                    #expect(answer.status == .notFound && answer.text.contains("KAPTURE_OIDC_ISSUER"))
                }
            }
        }
    }
}

extension Harness {
    /// One where this issuer signs people in, too.
    static func vouched(
        by issuer: TestIssuer, _ client: IssuerSettings.Client? = .init(id: "kapture", secret: nil),
        adjust: (inout APISettings) -> Void = { _ in }
    ) async throws -> Harness {
        let settings = try IssuerSettings(
            issuer: TestIssuer.address, client: client, parties: [Harness.origin], name: "Example ID")
        return try await Harness(fetching: issuer) {
            $0.issuer = settings
            adjust(&$0)
        }
    }
}

/// A browser on its way to the issuer.
struct Begun {
    /// What it asks the issuer for.
    let fields: [String: String]
    let cookie: String

    init(_ client: any TestClientProtocol, next: String? = nil) async throws {
        let answer = try await client.get("/api/auth/oidc" + (next.map { "?next=" + FormText.component($0) } ?? ""))
        #expect(answer.status == .seeOther)
        let location = try #require(answer.headers[.location])
        #expect(location.hasPrefix(TestIssuer.address + "/authorize?"))
        fields = try FormText.fields(Array(location.split(separator: "?")[1].utf8))
        cookie = try #require(answer.cookie)
    }

    /// Where the issuer sends it back to.
    func callback(code: String? = "c-1", state: String? = nil) -> String {
        let codes = code.map { [("code", $0)] } ?? []
        return "/api/auth/oidc/callback?" + FormText.query(codes + [("state", state ?? fields["state"] ?? "")])
    }

    /// The token endpoint's answer for it.
    func tokens(
        _ changes: [String: JSON?] = [:],
        header: [String: JSON] = ["alg": .text("RS256"), "kid": .text("ins_1")], key: any SigningKey = TestIssuer.rsa
    ) throws -> String {
        let own: [String: JSON?] = [
            "aud": .text("kapture"), "azp": nil, "nonce": .text(fields["nonce"] ?? ""), "email_verified": .bool(true),
        ]
        let claims = TestIssuer.claims(own.merging(changes) { $1 })
        return #"{"id_token":"\#(try TestIssuer.token(claims, header: header, key: key))","token_type":"Bearer"}"#
    }
}

extension TestClientProtocol {
    /// The signed-in user as the API tells it; empty for nobody.
    func account(_ headers: HTTPFields) async throws -> [String: JSON] {
        try await get("/api/auth/user", headers).json["data"]?.object ?? [:]
    }
}

extension String {
    /// A cookie without its attributes.
    var upToSemicolon: String { String(prefix { $0 != ";" }) }
}
