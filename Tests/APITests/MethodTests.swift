import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Method")
struct MethodTests {
    private static let writing: [HTTPRequest.Method] = HTTPRequest.Method.notForPages

    @Test(
        "that an address does not take is answered with those that it takes",
        arguments: [Route.signInForm, .signUpForm, .signOutForm].map(\.path),
        [HTTPRequest.Method.get, .put, .patch, .delete] + HTTPRequest.Method.notForPages.suffix(3))
    func forms(path: String, method: HTTPRequest.Method) async throws {
        let harness = try await Harness()
        try await harness.test { client in
            let answer = try await client.execute(uri: path, method: method, headers: [.origin: Harness.origin]) { $0 }
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "POST")
            #expect(answer.json["error"]?["code"]?.text == "METHOD_NOT_ALLOWED")
            #expect(answer.json["error"]?["message"]?.text == "This address takes POST.")
        }
    }

    @Test(
        "that would write is refused on every page, to owners too",
        arguments: ["/", "/help/", "/dashboard/", "/assets/x.css"], writing)
    func pages(path: String, method: HTTPRequest.Method) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        try await harness.test { client in
            let headers: HTTPFields = [.cookie: cookie, .origin: Harness.origin]
            let answer = try await client.execute(uri: path, method: method, headers: headers) { $0 }
            #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == "GET, HEAD")
            #expect(!answer.text.contains("anna's page"))
        }
    }

    @Test(
        "that nobody knows is an error with the security headers",
        arguments: ["TRACE", "CONNECT", "PROPFIND", "get", "X"])
    func unknown(name: String) async throws {
        let harness = try await Harness()
        let method = try #require(HTTPRequest.Method(name))
        try await harness.test { client in
            let answer = try await client.execute(
                uri: "/dashboard/", method: method, headers: [.origin: Harness.origin]
            ) { $0 }
            #expect((400...499).contains(answer.status.code))
            AnswerTests.expectSecurity(answer.headers, isSecure: false)
        }
    }

    @Test(
        "HEAD has no body, whatever the answer is",
        arguments: ["/", "/nothing/", "/api/nothing", "/status.json", "/health/live", "/dashboard/"])
    func head(path: String) async throws {
        let harness = try await Harness()
        try await harness.test { client in
            let (get, head) = (try await client.get(path), try await client.head(path))
            #expect(head.body.readableBytes == 0)
            #expect(head.status == get.status && head.headers[.contentType] == get.headers[.contentType])
        }
    }
}
