import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Accounts by mail")
struct MailFlowTests {
    private func harness() async throws -> Harness {
        try await Harness { ($0.signUp, $0.sendsMail) = (.open, true) }
    }

    @Test("signing up answers alike for known and unknown addresses, and asks for the same work")
    func alike() async throws {
        let harness = try await harness()

        try await harness.test { client in
            for path in ["/api/auth/sign-up", "/api/auth/reset"] {
                let answers = try await ["anna@example.com", "new@example.com"].asyncMap { email in
                    try await client.post(
                        path,
                        json: #"{"email":"\#(email)","password":"ten letters"}"#.replacing(
                            path.hasSuffix("reset") ? #","password":"ten letters""# : "\u{0}", with: ""))
                }
                #expect(answers.map(\.status) == [.accepted, .accepted])
                #expect(answers[0].text == answers[1].text)
                #expect(answers.allSatisfy { $0.headers[.setCookie] == nil })
            }
        }
        #expect(harness.accounts.jobs.count == 4)
        #expect(harness.accounts.jobs.allSatisfy { $0 is SendLinkJob })
        #expect(try await harness.accounts.credentials(email: "new@example.com") == nil)
    }

    @Test("a new account needs the mail and the password that was chosen, once")
    func signingUp() async throws {
        let (harness, box) = (try await harness(), PostBox())
        try await harness.test { client in
            let form = "email=new%40example.com&password=ten+letters&name=New"
            let answer = try await client.post("/api/auth/sign-up", form: form)
            #expect(answer.status == .seeOther && answer.headers[.location] == "/mail-sent/")
        }
        let token = try #require(try await box.deliver(harness))

        try await harness.test { client in
            for _ in 0..<2 { #expect(try await client.get("/confirm/\(token)/").text.contains("confirmSignUp")) }
            let page = try await client.get("/confirm/\(token)/")
            #expect(page.headers[.referrerPolicy] == "no-referrer" && page.headers[.cacheControl] == "no-store")
            let wrong = try await client.post("/api/auth/confirm", form: "token=\(token)&password=another+one")
            #expect(wrong.status == .forbidden && wrong.headers[.setCookie] == nil)
            let right = try await client.post("/api/auth/confirm", form: "token=\(token)&password=ten+letters")
            #expect(right.status == .seeOther && right.cookie?.hasPrefix("kapture=") == true)
            let again = try await client.post("/api/auth/confirm", form: "token=\(token)&password=ten+letters")
            #expect(again.status == .notFound)
        }
        #expect(try await harness.accounts.credentials(email: "new@example.com") != nil)
    }

    @Test("whoever has an account is told so by mail alone")
    func known() async throws {
        let (harness, box) = (try await harness(), PostBox())
        try await harness.test { client in
            _ = try await client.post("/api/auth/sign-up", form: "email=anna%40example.com&password=ten+letters")
            _ = try await client.post("/api/auth/reset", form: "email=nobody%40example.com")
        }
        try await box.deliver(harness)

        #expect(box.mails.map(\.recipient) == ["anna@example.com"])
        #expect(box.mails[0].text.contains("alreadySignedUp"))
        #expect(harness.accounts.links.isEmpty)
    }

    @Test("a reset works once, within the hour, ends all other sessions and signs in")
    func reset() async throws {
        let (harness, box) = (try await harness(), PostBox())
        let old = try await harness.cookie(of: harness.anna)
        try await harness.test { client in
            _ = try await client.post("/api/auth/reset", form: "email=anna%40example.com")
        }
        let token = try #require(try await box.deliver(harness))

        try await harness.test { client in
            #expect(try await client.get("/reset/\(token)/").text.contains("newPassword"))
            let short = try await client.post("/api/auth/reset/confirm", form: "token=\(token)&password=short")
            #expect(short.status == .unprocessableContent)
            let done = try await client.post("/api/auth/reset/confirm", form: "token=\(token)&password=brand+new+one")
            #expect(done.status == .seeOther)
            let fresh = try #require(done.cookie)
            #expect(try await client.get("/api/auth/user", [.cookie: fresh]).status == .ok)
            #expect(try await client.get("/api/auth/user", [.cookie: old]).status == .unauthorized)
            let again = try await client.post(
                "/api/auth/reset/confirm", form: "token=\(token)&password=yet+another+one")
            #expect(again.status == .notFound)
            #expect(try await client.get("/reset/\(token)/").status == .notFound)
        }
    }

    @Test("an expired, broken or foreign link says so", arguments: ["reset", "confirm"])
    func dead(kind: String) async throws {
        let (harness, box) = (try await harness(), PostBox())
        try await harness.test { client in
            _ = try await client.post("/api/auth/reset", form: "email=anna%40example.com")
        }
        let token = try #require(try await box.deliver(harness))
        harness.clock.advance(seconds: 3600)

        try await harness.test { client in
            for token in [token, "x", String(repeating: "A", count: 43)] {
                let answer = try await client.get("/\(kind)/\(token)/")
                #expect(answer.status == .notFound && answer.text.contains("Ask for a new one"))
            }
        }
    }

    @Test("without mail a reset says who can help")
    func noMail() async throws {
        let harness = try await Harness()
        try await harness.test { client in
            let answer = try await client.post("/api/auth/reset", json: #"{"email":"anna@example.com"}"#)
            #expect(answer.status == .forbidden && answer.text.contains("kapture user"))
        }
    }

    @Test("few mails go to one address, whoever asks")
    func throttled() async throws {
        let harness = try await harness()
        try await harness.test { client in
            let answers = try await Array(0..<6).asyncMap { _ in
                try await client.post("/api/auth/reset", form: "email=anna%40example.com").status
            }
            #expect(answers == Array(repeating: .seeOther, count: 5) + [.tooManyRequests])
        }
    }
}

extension Array where Element: Sendable {
    func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
