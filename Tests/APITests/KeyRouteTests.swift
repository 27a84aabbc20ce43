import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Sessions and tokens of a user")
struct KeyRouteTests {
    @Test("every session is listed to its user alone, last seen first, and says which one asks")
    func listed() async throws {
        let harness = try await Harness()
        let first = try await harness.cookie(of: harness.anna)
        harness.clock.advance(seconds: 60)
        let second = try await harness.cookie(of: harness.anna)
        _ = try await harness.cookie(of: harness.boris)
        try await harness.test { client in
            let all = try await client.sessions([.cookie: first])
            #expect(all.map { $0["is_current"] } == [.bool(false), .bool(true)])
            harness.clock.advance(seconds: 600)
            _ = try await client.get("/api/auth/user", [.cookie: first])
            harness.clock.advance(seconds: 2)
            let later = try await client.sessions([.cookie: second])
            #expect(later.count == 2 && later[0]["is_current"] == .bool(true), "whoever asks was seen last")
            let other = try await client.sessions([.cookie: first])
            #expect(other.map { $0["is_current"] } == [.bool(false), .bool(true)])
        }
    }

    @Test("one is ended by its user, at once, and nobody else's")
    func ended() async throws {
        let harness = try await Harness()
        let cookies = try await [harness.anna, harness.anna, harness.boris].asyncMap {
            try await harness.cookie(of: $0)
        }
        try await harness.test { client in
            for cookie in cookies { #expect(try await client.get("/api/auth/user", [.cookie: cookie]).status == .ok) }
            let sessions = try await client.sessions([.cookie: cookies[0]])
            let other = try #require(sessions.first { $0["is_current"] == .bool(false) }?["id"]?.text)
            let foreign = try await client.delete("/api/sessions/\(other)", [.cookie: cookies[2]])
            #expect(foreign.status == .notFound)
            let done = try await client.post("/api/sessions/\(other)/delete", form: "", [.cookie: cookies[0]])
            #expect(done.status == .seeOther && done.headers[.location] == "/settings/")
            let standing = try await cookies.asyncMap { try await client.get("/api/auth/user", [.cookie: $0]).status }
            #expect(standing == [.ok, .unauthorized, .ok])

            let own = try #require(try await client.sessions([.cookie: cookies[0]]).first?["id"]?.text)
            let last = try await client.delete("/api/sessions/\(own)", [.cookie: cookies[0]])
            #expect(last.status == .ok && last.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(try await client.get("/api/auth/user", [.cookie: cookies[0]]).status == .unauthorized)
        }
    }

    @Test("a token is shown once, does what its scopes allow and nothing more, and ends when it is revoked")
    func token() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            let made = try await client.post(
                "/api/tokens", json: #"{"name":"backup","scopes":["account:read"]}"#, cookie)
            #expect(made.status == .created)
            let text = try #require(made.json["data"]?["token"]?.text)
            let id = try #require(made.json["data"]?["id"]?.text)
            let listed = try await client.get("/api/tokens", cookie)
            #expect(listed.text.contains(id) && !listed.text.contains(text) && !listed.text.contains(text.dropFirst(4)))

            let bearer: HTTPFields = [.authorization: "Bearer \(text)"]
            #expect(try await client.account(bearer)["email"] == .text("anna@example.com"))
            let write = try await client.post("/api/auth/profile", json: #"{"name":"x"}"#, bearer)
            #expect(write.status == .forbidden && write.text.contains("account:write"))
            #expect(try await client.post("/api/tokens", json: "{}", bearer).status == .forbidden)

            #expect(try await client.delete("/api/tokens/\(id)", cookie).status == .ok)
            #expect(try await client.get("/api/auth/user", bearer).status == .unauthorized)
            #expect(try await client.delete("/api/tokens/\(id)", cookie).status == .notFound)
        }
    }

    @Test("a form shows the new token on the page that answers it, kept by nobody")
    func shown() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            let form = "name=backup&scopes=account%3Aread&scopes=trends%3Aread"
            let made = try await client.post("/api/tokens", form: form, cookie)
            #expect(made.text.contains("new token backup: kap_"))
            #expect(made.headers[.cacheControl] == "no-store" && made.headers[.location] == nil)
            let wrong = try await client.post("/api/tokens", form: "name=&scopes=everything", cookie)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("name") && wrong.text.contains("scopes"))
        }
    }

    @Test("a token with an end ends, and nobody else's can be revoked")
    func expiry() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        let foreign: HTTPFields = [.cookie: try await harness.cookie(of: harness.boris)]
        try await harness.test { client in
            let json = #"{"name":"week","scopes":["account:read"],"expires_in_days":7}"#
            let made = try await client.post("/api/tokens", json: json, cookie)
            let bearer: HTTPFields = [.authorization: "Bearer \(made.json["data"]?["token"]?.text ?? "")"]
            let id = made.json["data"]?["id"]?.text ?? ""
            #expect(try await client.delete("/api/tokens/\(id)", foreign).status == .notFound)
            harness.clock.advance(seconds: 7 * 86_400 - 1)
            #expect(try await client.get("/api/auth/user", bearer).status == .ok)
            harness.clock.advance(seconds: 1)
            #expect(try await client.get("/api/auth/user", bearer).status == .unauthorized)
        }
    }
}

extension TestClientProtocol {
    fileprivate func sessions(_ headers: HTTPFields) async throws -> [JSON] {
        try await get("/api/sessions", headers).json["data"]?.array ?? []
    }
}
