import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Log")
struct LogSecrecyTests {
    private func watched() async throws -> (harness: Harness, lines: LogLines) {
        let lines = LogLines()
        return (try await Harness(logger: lines.logger), lines)
    }

    @Test(
        "holds no password, token, cookie, query or body, even at its most talkative",
        arguments: [TestingSetup.router, .live].indices)
    func secrets(_ setup: Int) async throws {
        let (harness, lines) = try await watched()
        let cookie = try await harness.cookie(of: harness.anna)
        let token = FeedToken(key: Array(repeating: 7, count: 32), user: harness.anna, watchlist: Self.list, version: 1)
            .text
        harness.status.set(owner: harness.anna, version: 1, of: Self.list)

        try await harness.test(setup == 0 ? .router : .live) { client in
            for password in [Harness.password, "wrong but secret"] {
                _ = try await client.post(
                    "/api/auth/sign-in", form: "email=anna%40example.com&password=\(password.replacing(" ", with: "+"))"
                )
                _ = try await client.post(
                    "/api/auth/sign-in", json: #"{"email":"anna@example.com","password":"\#(password)"}"#)
            }
            _ = try await client.get("/dashboard/?secret=query-secret", [.cookie: cookie])
            _ = try await client.get("/dashboard/?secret=query-secret", [.cookie: cookie])
            _ = try await client.get("/feeds/\(token)/\(Self.list).xml")
            _ = try await client.get("/nothing?reset=query-secret", [.authorization: "Bearer kap_bearer-secret"])
            _ = try await client.post("/api/auth/sign-out", form: "", [.cookie: cookie])
        }

        let text = lines.all.joined(separator: "\n")
        #expect(lines.all.count > 4, "requests are logged at all")
        let session = String(cookie.drop { $0 != "=" }.dropFirst())
        for secret in [
            Harness.password, "battery", "wrong but secret", "query-secret", "bearer-secret", session, token,
        ] {
            #expect(!text.contains(secret), "\(secret) is in the log")
        }
    }

    @Test("has a line for each write and each failure of ours, with the id that the client got")
    func requestID() async throws {
        let (harness, lines) = try await watched()
        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-out", form: "")
            let id = try #require(answer.headers[.xRequestID])
            #expect(lines.all.contains { $0.contains("/api/auth/sign-out") && $0.contains("303") && $0.contains(id) })
        }
    }

    private static let list = WatchlistID(rawValue: "01890000-0000-7000-8000-000000000001")
}
