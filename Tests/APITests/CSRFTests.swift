import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Cross-site protection")
struct CSRFTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let site: String?
        let origin: String?
        let isAllowed: Bool
        var testDescription: String { "Sec-Fetch-Site \(site ?? "-"), Origin \(origin ?? "-")" }
    }

    static let cases: [Case] = [
        Case(site: "same-origin", origin: nil, isAllowed: true),
        Case(site: "none", origin: nil, isAllowed: true),
        Case(site: "same-origin", origin: "http://localhost", isAllowed: true),
        Case(site: nil, origin: "http://localhost", isAllowed: true),
        Case(site: nil, origin: "HTTP://LOCALHOST", isAllowed: true),
        Case(site: nil, origin: "http://127.0.0.1", isAllowed: true),
        Case(site: "same-site", origin: nil, isAllowed: false),
        Case(site: "cross-site", origin: nil, isAllowed: false),
        Case(site: "cross-site", origin: "http://localhost", isAllowed: false),
        Case(site: "same-origin, cross-site", origin: nil, isAllowed: false),
        Case(site: "", origin: nil, isAllowed: false),
        Case(site: nil, origin: nil, isAllowed: false),
        Case(site: nil, origin: "null", isAllowed: false),
        Case(site: nil, origin: "", isAllowed: false),
        Case(site: nil, origin: "https://localhost", isAllowed: false),
        Case(site: nil, origin: "http://localhost:81", isAllowed: false),
        Case(site: nil, origin: "http://localhost.evil.example", isAllowed: false),
        Case(site: nil, origin: "http://evil.example", isAllowed: false),
    ]

    @Test("lets only requests of our own pages change things", arguments: cases)
    func table(_ attempt: Case) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            var headers: HTTPFields = [:]
            headers[.secFetchSite] = attempt.site
            headers[.origin] = attempt.origin
            for path in ["/api/auth/sign-out", "/api/auth/sign-in", "/api/auth/sign-up", "/dashboard/"] {
                let answer = try await client.execute(uri: path, method: .post, headers: headers) { $0 }
                #expect((answer.status != .forbidden) == attempt.isAllowed, "\(path) answered \(answer.status)")
            }
        }
    }

    @Test("does not sign anybody out from another site")
    func session() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let headers: HTTPFields = [.cookie: cookie, .origin: "http://evil.example"]
            let attempt = try await client.post("/api/auth/sign-out", form: "", headers)
            #expect(attempt.status == .forbidden)
            #expect(try await client.get("/dashboard/", [.cookie: cookie]).status == .ok)
        }
    }

    @Test(
        "does not stand in the way of reading, nor of programs with a token",
        arguments: [
            HTTPRequest.Method.get, .head, .options,
        ])
    func safe(method: HTTPRequest.Method) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let headers: HTTPFields = [.secFetchSite: "cross-site"]
            let read = try await client.execute(uri: "/help/", method: method, headers: headers) { $0 }
            #expect(read.status != .forbidden)
            let program = try await client.post(
                "/api/auth/sign-out", form: "", [.authorization: "Bearer abc", .origin: "null"])
            #expect(program.status == .seeOther)
        }
    }

    @Test("stands before every route that writes, whoever asks: another site's form reaches no handler")
    func everyRoute() async throws {
        let house = try await RealHouse()
        let owner = try await Resident("olgacanary7f3a", in: house)
        let samples = MatrixSamples(owner: owner, secrets: .init(of: owner, in: house))
        let before = try RowPicture(house.fixture.location, but: Bookkeeping.all)
        let forged: [HTTPFields] = [
            [.secFetchSite: "cross-site"], [.secFetchSite: "same-site"], [.origin: "null"],
            [.origin: "https://evil.example"], [:],
        ]
        try await house.server.makeApplication().test(.router) { client in
            for endpoint in house.server.endpoints() where endpoint.isWriting && !endpoint.isWebhook {
                let sample = try samples.sample(endpoint)
                for signs in forged {
                    for cookie in [owner.cookie, nil] {
                        var headers = signs
                        (headers[.cookie], headers[.contentType]) = (cookie, "application/x-www-form-urlencoded")
                        let answer = try await client.execute(
                            uri: sample.address, method: endpoint.method, headers: headers
                        ) { $0 }
                        #expect(answer.status == .forbidden, "\(sample.name) with \(signs)")
                        #expect(answer.headers[.setCookie] == nil)
                    }
                }
            }
        }
        #expect(try RowPicture(house.fixture.location, but: Bookkeeping.all).difference(from: before) == [])
    }

    @Test("lets nobody be signed in from another site, not even with the right password")
    func loginCSRF() async throws {
        let harness = try await Harness { $0.signUp = .open }
        let form = "email=anna%40example.com&password=\(Harness.password.replacing(" ", with: "+"))"
        let fresh = form.replacing("anna", with: "new")

        try await harness.test { client in
            for (path, body) in [("/api/auth/sign-in", form), ("/api/auth/sign-up", fresh)] {
                for origin in ["http://evil.example", "null"] {
                    let attempt = try await client.post(path, form: body, [.origin: origin])
                    #expect(attempt.status == .forbidden && attempt.headers[.setCookie] == nil)
                }
                let own = try await client.post(path, form: body)
                #expect(own.status == .seeOther && own.headers[.setCookie] != nil)
            }
        }
    }
}

extension Endpoint {
    /// Proves itself by its signature.
    fileprivate var isWebhook: Bool { path.hasPrefix("/api/webhooks/") }
}
