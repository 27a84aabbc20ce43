import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import TestSupport
import Testing

@testable import API

@Suite("Every answer")
struct AnswerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var method = HTTPRequest.Method.get
        let path: String
        var headers: HTTPFields = [:]
        var body: String?
        let status: HTTPResponse.Status
        var testDescription: String { "\(method.rawValue) \(path) → \(status.code)" }
    }

    static let form: HTTPFields = [.origin: "http://localhost", .contentType: "application/x-www-form-urlencoded"]
    static let cases: [Case] = [
        Case(path: "/", status: .ok),
        Case(path: "/nothing", status: .notFound),
        Case(path: "/api/nothing", status: .notFound),
        Case(path: "/dashboard/", status: .seeOther),
        Case(path: "/help", status: .permanentRedirect),
        Case(path: "/", headers: [.ifNoneMatch: "*"], status: .notModified),
        Case(path: "/status.json", status: .unauthorized),
        Case(path: "/health/live", status: .ok),
        Case(method: .head, path: "/status.json", status: .unauthorized),
        Case(path: "/api/auth/sign-in", status: .methodNotAllowed),
        Case(method: .delete, path: "/api/auth/sign-in", headers: form, status: .methodNotAllowed),
        Case(method: .post, path: "/dashboard/", headers: form, body: "", status: .methodNotAllowed),
        Case(method: .post, path: "/api/auth/sign-in", body: "", status: .forbidden),
        Case(method: .post, path: "/api/auth/sign-in", headers: form, body: "", status: .unauthorized),
        Case(
            method: .post, path: "/api/auth/sign-in", headers: form, body: String(repeating: "a", count: 70_000),
            status: .contentTooLarge),
        Case(
            method: .post, path: "/api/auth/sign-in", headers: [.origin: "http://localhost"], body: "",
            status: .unsupportedMediaType),
        Case(path: "/feeds/x/broken.xml", status: .notFound),
        Case(path: "/feeds/x/01890000-0000-7000-8000-000000000000.xml", status: .internalServerError),
    ]

    @Test("carries the security headers and a request id", arguments: cases, ["http://localhost", "https://localhost"])
    func headers(_ asked: Case, address: String) async throws {
        let harness = try await Harness(at: address)
        var broken = KaptureServer.Ports(
            store: harness.fixture.store, sites: harness.sites, rendering: PlainRendering(),
            publishing: harness.publishing)
        (broken.accounts, broken.status) = (harness.accounts, BrokenStatus())
        let server = try Self.server(broken, at: address)

        try await server.makeApplication().test(.router) { client in
            var headers = asked.headers
            if headers[.origin] != nil { headers[.origin] = address }
            let body = asked.body.map { ByteBuffer(string: $0) }
            let answer = try await client.execute(
                uri: asked.path, method: asked.method, headers: headers, body: body
            ) { $0 }
            #expect(answer.status == asked.status)
            Self.expectSecurity(answer.headers, isSecure: address.hasPrefix("https"))
            #expect(answer.headers[.xRequestID] != nil)
            if asked.method == .head { #expect(answer.body.readableBytes == 0) }
        }
    }

    static func expectSecurity(_ headers: HTTPFields, isSecure: Bool) {
        let policy = headers[.contentSecurityPolicy] ?? ""
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
        #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[.referrerPolicy] == "same-origin")
        #expect(headers[.permissionsPolicy]?.contains("camera=()") == true)
        #expect(headers[.crossOriginOpenerPolicy] == "same-origin")
        #expect(headers[.xFrameOptions] == "DENY")
        #expect((headers[.strictTransportSecurity] != nil) == isSecure)
    }

    private static func server(_ ports: KaptureServer.Ports, at address: String) throws -> KaptureServer {
        let settings = APISettings(publicURL: try PublicAddress(address), serverKey: [1])
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let hasher = PasswordHasher(parameters: .cheap)
        return KaptureServer(settings, ports: ports, assets: AssetStore(files: [:]), hasher: hasher, logger: logger)
    }

    @Test(
        "to a browser is a page, to a program the envelope",
        arguments: [
            ("/status.json", "text/html,*/*;q=0.8", true), ("/status.json", "application/json", false),
            ("/api/nothing", "text/html", false), ("/feeds/a/b", "text/html", true), ("/feeds/a/b", "*/*", false),
        ])
    func form(path: String, accept: String, isPage: Bool) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let answer = try await client.get(path, [.accept: accept])
            #expect(answer.text.hasPrefix(isPage ? "failure 4" : #"{"error":{"code":""#))
            #expect(answer.headers[.contentType]?.hasPrefix(isPage ? "text/html" : "application/json") == true)
            #expect(answer.text.contains(answer.headers[.xRequestID] ?? "no id"))
        }
    }

    @Test("to a form that was refused is a page, also below /api/")
    func refusedForm() async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let headers: HTTPFields = [.accept: "text/html", .origin: "null"]
            let answer = try await client.post("/api/auth/sign-in", form: "a=b", headers)
            #expect(answer.status == .forbidden)
            #expect(answer.text.hasPrefix("failure 403 Not allowed: This request did not come from"))
        }
    }

    @Test("that is an internal error keeps its reasons to itself")
    func internalError() async throws {
        let harness = try await Harness()
        var broken = KaptureServer.Ports(
            store: harness.fixture.store, sites: harness.sites, rendering: PlainRendering(),
            publishing: harness.publishing)
        (broken.accounts, broken.status) = (harness.accounts, BrokenStatus())

        try await Self.server(broken, at: "http://localhost").makeApplication().test(.router) { client in
            let answer = try await client.get("/feeds/x/01890000-0000-7000-8000-000000000000.xml")
            #expect(answer.status == .internalServerError)
            #expect(!answer.text.contains("secret"))
            #expect(answer.text.contains("INTERNAL_SERVER_ERROR"))
        }
    }

    @Test(
        "to a wrong method names the right ones",
        arguments: [
            ("/api/auth/sign-in", HTTPRequest.Method.get, "POST"), ("/status.json", .put, "GET, HEAD"),
            ("/help/", .delete, "GET, HEAD"), ("/health/live", .patch, "GET, HEAD"),
        ])
    func allow(path: String, method: HTTPRequest.Method, allowed: String) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let headers: HTTPFields = [.origin: Harness.origin]
            let answer = try await client.execute(uri: path, method: method, headers: headers) { $0 }
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == allowed)
        }
    }
}

/// Fails with something that must not leave the house.
private struct BrokenStatus: StatusReading {
    struct Failure: Error {
        let detail = "secret: no such table"
    }

    func status(of user: UserID) async throws -> UserStatus { throw Failure() }
    func feed(of watchlist: WatchlistID) async throws -> (owner: UserID, version: Int64)? { throw Failure() }
}
