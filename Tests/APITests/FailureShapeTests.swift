import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Failure")
struct FailureShapeTests {
    @Test("in JSON is the envelope with a stable code, a sentence, the fields and the request id")
    func envelope() async throws {
        let harness = try await Harness { $0.signUp = .open }
        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-up", json: #"{"email":"x","password":"short"}"#)
            #expect(answer.status == .badRequest)
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.json["success"] == .bool(false) && answer.json["data"] == nil)
            let error = try #require(answer.json["error"])
            #expect(error["code"]?.text == "VALIDATION_ERROR")
            #expect(error["request_id"]?.text == answer.headers[.xRequestID])
            let details = error["details"]?.array ?? []
            #expect(details.compactMap { $0["field"]?.text } == ["email", "password"])
            #expect(details.allSatisfy { $0["rule"]?.text?.isEmpty == false })
        }
    }

    @Test("as a form is the form with everything that was typed but the password, and the status 422")
    func form() async throws {
        let harness = try await Harness { $0.signUp = .open }
        try await harness.test { client in
            let body = "email=%3Cscript%3E&name=%22%3E%3Cimg&password=hunter2"
            let answer = try await client.post("/api/auth/sign-up", form: body, [.accept: "text/html"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            #expect(
                answer.text.contains("email=<script>") && answer.text.contains("name=\"><img"), "the renderer escapes")
            #expect(!answer.text.contains("hunter2"))
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test(
        "says nothing that would tell one stranger from another",
        arguments: ["/dashboard/", "/trends/01890000-0000-7000-8000-000000000001/", "/settings/"])
    func strangers(path: String) async throws {
        let harness = try await Harness()
        try await harness.test { client in
            var answers: [String] = []
            for cookie in ["", "kapture=x", "kapture=" + String(repeating: "A", count: 43)] {
                let answer = try await client.get(path, [.cookie: cookie])
                answers.append(
                    "\(answer.status.code) \(answer.headers[.location] ?? "") \(answer.headers[.setCookie] ?? "")")
            }
            #expect(Set(answers).count == 1 && answers[0].hasPrefix("303 /sign-in/?next="))
        }
    }

    @Test(
        "to a hostile address is a refusal, never a file or a crash",
        arguments: [
            "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../Package.swift", "/assets/%00.css",
            "/assets/.env",
            "/dashboard/%00", "/trends/%ff%fe/", "//evil.example/", "/\\evil", "/feeds/../../x.xml", "/?%00=%ff",
            "/assets/app.css/",
            "/sites/e0/aa/key/dashboard/page.html", "/manifest", "/a" + String(repeating: "/b", count: 2000),
        ])
    func hostile(path: String) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        let requests = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\nConnection: close\r\n\r\n"
        try await harness.test(.live) { client in
            let text = try await PlainSocket.exchange(client.port, [requests])
            let isLanding = path.hasPrefix("/?")
            #expect(text.hasPrefix("HTTP/1.1 4") || text.hasPrefix("HTTP/1.1 308 ") || isLanding, "\(text.prefix(100))")
            #expect(
                !text.contains("root:") && !text.contains("anna's page") && !text.lowercased().contains("location: //"))
            #expect(try await client.get("/help/").text == "help", "the server goes on")
        }
    }

    @Test("of a page's renderer is still an answer")
    func brokenRenderer() async throws {
        struct Broken: PageRendering, MarkdownRendering {
            func render(_ answer: PageAnswer) throws -> [UInt8] { throw APIFailure.notFound }
            func html(ofMarkdown text: String) throws -> String { throw APIFailure.notFound }
        }
        let harness = try await Harness()
        let ports = KaptureServer.Ports(
            store: harness.fixture.store, sites: harness.sites, rendering: Broken(), publishing: harness.publishing)
        let settings = APISettings(publicURL: try PublicAddress(Harness.origin), serverKey: [1])
        let server = KaptureServer(
            settings, ports: ports, assets: AssetStore(files: [:]), hasher: harness.hasher, logger: Harness.quiet)
        try await server.makeApplication().test(.router) { client in
            let answer = try await client.get("/feeds/a/b", [.accept: "text/html"])
            #expect(answer.status == .notFound && answer.json["error"]?["code"]?.text == "NOT_FOUND")
        }
    }
}
