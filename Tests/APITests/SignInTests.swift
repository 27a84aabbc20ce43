import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Signing in")
struct SignInTests {
    private let form = "email=Anna%40example.com+&password=correct+horse+battery"

    @Test(
        "with a form leads to the dashboard, or to where one was going",
        arguments: [
            ("", "/dashboard/"), ("&next=/trends/%3Fa=1", "/trends/?a=1"), ("&next=//evil.example", "/dashboard/"),
            ("&next=https://evil.example", "/dashboard/"), ("&next=/%5Cevil.example", "/dashboard/"),
        ])
    func form(next: String, target: String) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-in", form: form + next)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == target)
            let cookie = try #require(answer.cookie)
            #expect(try await client.get("/dashboard/", [.cookie: cookie]).text.hasPrefix("anna's page"))
        }
    }

    @Test("with JSON answers with the user")
    func json() async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let body = #"{"email": "anna@example.com", "password": "correct horse battery"}"#
            let answer = try await client.post("/api/auth/sign-in", json: body)
            #expect(answer.status == .ok)
            #expect(answer.text.contains(#""success":true"#))
            #expect(answer.text.contains(#""email":"anna@example.com""#))
            #expect(answer.cookie?.hasPrefix("kapture=") == true)
        }
    }

    @Test(
        "sets a cookie that scripts, other sites and other hosts cannot have",
        arguments: [
            ("http://localhost", "kapture=", "; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax"),
            ("https://localhost", "__Host-kapture=", "; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax; Secure"),
        ])
    func cookie(address: String, name: String, attributes: String) async throws {
        let harness = try await Harness(at: address)

        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-in", form: form, [.origin: address])
            let cookie = try #require(answer.headers[.setCookie])
            #expect(cookie.hasPrefix(name))
            #expect(cookie.hasSuffix(attributes))
            #expect(cookie.utf8.count == name.utf8.count + 43 + attributes.utf8.count)
        }
    }

    @Test("fails alike for an unknown address and a wrong password", arguments: [true, false])
    func refusal(asForm: Bool) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            var answers: [String] = []
            for email in ["anna@example.com", "nobody@example.com", "not an address"] {
                let answer =
                    asForm
                    ? try await client.post("/api/auth/sign-in", form: "email=\(email)&password=wrong+wrong+wrong")
                    : try await client.post(
                        "/api/auth/sign-in", json: #"{"email":"\#(email)","password":"wrong wrong wrong"}"#)
                #expect(answer.status == (.unauthorized))
                #expect(answer.headers[.setCookie] == nil)
                #expect(answer.headers[.cacheControl] == "no-store")
                let id = try #require(answer.headers[.xRequestID])
                answers.append(answer.text.replacing(email, with: "…").replacing(id, with: "…"))
            }
            #expect(Set(answers).count == 1)
            #expect(answers[0].contains("mail or password is not right"))
        }
    }

    @Test("shows the form again with what was typed, but never the password")
    func again() async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let body = "email=anna%40example.com&password=secret-secret&next=/trends/"
            let answer = try await client.post("/api/auth/sign-in", form: body)
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            #expect(answer.text.hasPrefix("sign-in email=anna@example.com next=/trends/ problems="))
            #expect(!answer.text.contains("secret-secret"))
        }
    }

    @Test("gives a new token each time and ends the old session")
    func rotation() async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let first = try #require(try await client.post("/api/auth/sign-in", form: form).cookie)
            let second = try #require(try await client.post("/api/auth/sign-in", form: form, [.cookie: first]).cookie)
            #expect(first != second)
            #expect(try await client.get("/dashboard/", [.cookie: first]).status == .seeOther)
            #expect(try await client.get("/dashboard/", [.cookie: second]).status == .ok)
        }
        #expect(harness.accounts.sessionDigests.count == 1)
    }

    @Test("stores no token, only its SHA-256")
    func storage() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        let token = try #require(harness.server.sessions.cookie.token(in: cookie))
        #expect(harness.accounts.sessionDigests == [token.digest])
        #expect(token.digest != token.bytes)
        #expect(token.digest.count == 32)
    }

    @Test(
        "takes forms and JSON and nothing else",
        arguments: [
            "text/plain", "multipart/form-data; boundary=x", "application/xml", "", "application/json-patch+json",
        ])
    func mediaType(type: String) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-in", "email=a", type)
            #expect(answer.status == .unsupportedMediaType)
            #expect(answer.text.contains("UNSUPPORTED_MEDIA_TYPE"))
        }
    }

    @Test(
        "answers bad JSON with the place and the rule",
        arguments: [
            ("", "body"), ("[]", "body"), ("{", "body"), ("\u{1}", "body"), (#"{"email": 5}"#, "email"),
            (#"{"email": {"a": []}}"#, "email"), ("deep", "body"),
        ])
    func badJSON(body: String, field: String) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let body = body == "deep" ? String(repeating: "[", count: 20_000) : body
            let answer = try await client.post("/api/auth/sign-in", json: body)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("VALIDATION_ERROR"))
            #expect(answer.text.contains(#""field":"\#(field)""#))
        }
    }

    @Test("refuses a body above 64 KiB", arguments: [64 * 1024 - 6, 64 * 1024 - 5, 1_000_000])
    func limit(count: Int) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let body = "email=" + String(repeating: "a", count: count)
            let answer = try await client.post("/api/auth/sign-in", form: body)
            #expect(answer.status == (body.utf8.count > 64 * 1024 ? .contentTooLarge : .unauthorized))
        }
    }

    @Test("is throttled by address before anything is hashed, and again possible later")
    func throttle() async throws {
        let harness = try await Harness()

        try await harness.test { client in
            for _ in 0..<10 {
                let attempt = try await client.post("/api/auth/sign-in", form: "email=anna%40example.com&password=x")
                #expect(attempt.status == .unauthorized)
            }
            let refused = try await client.post("/api/auth/sign-in", form: form)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers[.retryAfter] == "40")
            let other = "email=boris%40example.com&password=correct+horse+battery"
            #expect(try await client.post("/api/auth/sign-in", form: other).status == .seeOther)
            harness.clock.advance(seconds: 40)
            #expect(try await client.post("/api/auth/sign-in", form: form).status == .seeOther)
        }
    }

    @Test("ends with signing out, at once and for good")
    func signOut() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            #expect(try await client.get("/dashboard/", [.cookie: cookie]).status == .ok)
            let answer = try await client.post("/api/auth/sign-out", form: "", [.cookie: cookie])
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/")
            #expect(answer.headers[.clearSiteData] == "\"cache\"")
            #expect(answer.headers[.setCookie] == "kapture=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")
            #expect(try await client.get("/dashboard/", [.cookie: cookie]).status == .seeOther)
        }
        #expect(harness.accounts.sessionDigests.isEmpty)
    }

    @Test("ends by itself after thirty days")
    func expiry() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            harness.clock.advance(seconds: 30 * 86_400 - 1)
            let before = try await client.get("/dashboard/", [.cookie: cookie])
            #expect(before.status == .ok)
            harness.clock.advance(seconds: 1)
            let after = try await client.get("/dashboard/", [.cookie: cookie])
            #expect(after.status == .seeOther)
        }
    }
}
