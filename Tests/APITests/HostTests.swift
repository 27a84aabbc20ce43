import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

/// What a client may say about whom it wants to talk to, on a real connection.
@Suite("Host")
struct HostTests {
    /// Everything up to the end of the answer to one request on a connection of its own.
    private func answer(
        _ client: any TestClientProtocol, _ line: String, _ fields: [String], cookie: String? = nil
    ) async throws -> String {
        let all = [line] + fields + (cookie.map { ["Cookie: \($0)"] } ?? []) + ["Connection: close", "", ""]
        return try await PlainSocket.exchange(client.port, [all.joined(separator: "\r\n")])
    }

    @Test("of this installation is answered, in any case and under its other loopback names")
    func own() async throws {
        let harness = try await Harness()
        try await harness.test(.live) { client in
            for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
                let text = try await answer(client, "GET /help/ HTTP/1.1", ["Host: \(host)"])
                #expect(text.hasPrefix("HTTP/1.1 200 OK") && text.hasSuffix("\r\n\r\nhelp"), "\(host)")
            }
        }
    }

    @Test("of anybody else is 421 before anything is looked at, from memory or not")
    func foreign() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        try await harness.test(.live) { client in
            _ = try await client.get("/dashboard/", [.cookie: cookie])
            let hosts = [
                "evil.example", "localhost.", "localhost:81", "localhost.evil.example", "user@localhost", "localhost/",
                "",
            ]
            for host in hosts {
                let text = try await answer(client, "GET /dashboard/ HTTP/1.1", ["Host: \(host)"], cookie: cookie)
                #expect(text.hasPrefix("HTTP/1.1 421 "), "\(host): \(text.prefix(60))")
                #expect(text.contains("MISDIRECTED_REQUEST") && !text.contains("anna's page"))
            }
        }
    }

    @Test("that is missing or named twice shows nothing of anybody")
    func missing() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        try await harness.test(.live) { client in
            _ = try await client.get("/dashboard/", [.cookie: cookie])
            for hosts in [[], ["evil.example", "localhost"], ["localhost", "evil.example"], ["", "localhost"]] {
                let fields = hosts.map { "Host: \($0)" }
                let text = try await answer(client, "GET /dashboard/ HTTP/1.1", fields, cookie: cookie)
                #expect(text.hasPrefix("HTTP/1.1 4"), "\(fields): \(text.prefix(60))")
                #expect(!text.contains("anna's page"))
            }
        }
    }

    @Test("that a proxy claims to have been asked for is not believed")
    func forwarded() async throws {
        let harness = try await Harness()
        try await harness.test(.live) { client in
            let fields = ["Host: localhost", "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"]
            let text = try await answer(client, "GET /dashboard HTTP/1.1", fields)
            #expect(!text.contains("evil.example"))
        }
    }

    @Test(
        "does not matter to health checks, and to nothing else below them",
        arguments: [("/health/live", 200), ("/health/../dashboard/", 421)])
    func health(path: String, status: Int) async throws {
        let harness = try await Harness()
        try await harness.test(.live) { client in
            let text = try await answer(client, "GET \(path) HTTP/1.1", ["Host: 10.1.2.3:8080"])
            #expect(text.hasPrefix("HTTP/1.1 \(status) ") || text.hasPrefix("HTTP/1.1 404 "))
            #expect(!text.contains("page"))
        }
    }
}
