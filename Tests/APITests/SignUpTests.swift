import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Signing up")
struct SignUpTests {
    private let form = "email=+New%40Example.com&password=ten+letters&name=New+Person"

    @Test("makes an account and signs in, where it is open")
    func open() async throws {
        let harness = try await Harness { $0.signUp = .open }

        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-up", form: form)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/dashboard/")
            #expect(answer.cookie?.hasPrefix("kapture=") == true)
        }
        let made = try #require(try await harness.accounts.credentials(email: "new@example.com"))
        let user = try #require(try await harness.accounts.user(made.user))
        #expect(user.name == "New Person")
        #expect(!user.isOperator)
    }

    @Test("answers JSON with 201 and the user")
    func json() async throws {
        let harness = try await Harness { $0.signUp = .open }

        try await harness.test { client in
            let body = #"{"email":"new@example.com","password":"ten letters"}"#
            let answer = try await client.post("/api/auth/sign-up", json: body)
            #expect(answer.status == .created)
            #expect(answer.text.contains(#""email":"new@example.com""#))
        }
    }

    @Test("names every field that breaks a rule, and the rule")
    func problems() async throws {
        let harness = try await Harness { $0.signUp = .open }

        try await harness.test { client in
            let name = String(repeating: "n", count: 101)
            let form = try await client.post("/api/auth/sign-up", form: "email=a&password=short&name=\(name)")
            #expect(form.status == .unprocessableContent)
            #expect(form.text.hasPrefix("sign-up email=a name=\(name) problems="))
            #expect(form.text.contains("name must be at most 100 characters"))
            #expect(form.text.contains("email must be an address"))
            #expect(form.text.contains("password must be 10 to 256 characters"))
            #expect(!form.text.contains("short"))
            let json = try await client.post("/api/auth/sign-up", json: #"{"email":"a","password":""}"#)
            #expect(json.status == .badRequest)
            #expect(json.text.contains(#"{"field":"password","rule":"is missing"}"#))
        }
    }

    @Test("with a taken address signs in whoever knows the password, and helps nobody else")
    func taken() async throws {
        let harness = try await Harness { $0.signUp = .open }

        try await harness.test { client in
            let known = "email=anna%40example.com&password=correct+horse+battery"
            #expect(try await client.post("/api/auth/sign-up", form: known).status == .seeOther)
            let other = try await client.post(
                "/api/auth/sign-up", form: "email=anna%40example.com&password=ten+letters")
            #expect(other.status == .conflict && other.headers[.setCookie] == nil)
            #expect(other.text.contains("if it is yours, sign in"))
        }
    }

    @Test("is refused where it is closed, even from this machine")
    func closed() async throws {
        let harness = try await Harness()

        try await harness.test(.live) { client in
            let answer = try await client.post("/api/auth/sign-up", form: form)
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("Ask the operator"))
        }
        #expect(try await harness.accounts.credentials(email: "new@example.com") == nil)
    }

    @Test("makes the very first account the operator's, from this machine")
    func first() async throws {
        let harness = try await Harness(users: false)

        try await harness.test(.live) { client in
            let first = try await client.post("/api/auth/sign-up", form: form)
            #expect(first.status == .seeOther)
            let second = "email=second%40example.com&password=ten+letters"
            #expect(try await client.post("/api/auth/sign-up", form: second).status == .forbidden)
        }
        let made = try #require(try await harness.accounts.credentials(email: "new@example.com"))
        #expect(try await harness.accounts.user(made.user)?.isOperator == true)
    }

    @Test(
        "does not take a proxy on this machine for this machine",
        arguments: [
            HTTPField.Name.xForwardedFor, .forwarded, .xRealIP, .via,
        ])
    func proxied(sign: HTTPField.Name) async throws {
        let harness = try await Harness(users: false)

        try await harness.test(.live) { client in
            let answer = try await client.post("/api/auth/sign-up", form: form, [sign: "203.0.113.9"])
            #expect(answer.status == .forbidden)
        }
    }

    @Test(
        "from another machine takes the code that serve printed",
        arguments: [
            ("ABCD-EFGH-JKLM", HTTPResponse.Status.seeOther), (" abcd-efgh-jklm ", .seeOther),
            ("ABCD-EFGH-JKLN", .forbidden), ("", .forbidden), (String(repeating: "A", count: 21), .forbidden),
        ])
    func code(typed: String, status: HTTPResponse.Status) async throws {
        let harness = try await Harness(users: false) { $0.setupCode = "ABCD-EFGH-JKLM" }

        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-up", form: form + "&code=" + FormText.encoded(typed))
            #expect(answer.status == status)
            #expect(answer.text.contains("code must be the one") == (status == .forbidden))
        }
    }

    @Test("shows a form to whoever may make the first account, and asks others for the code")
    func firstForm() async throws {
        let fresh = try await Harness(users: false) { $0.setupCode = "ABCD-EFGH-JKLM" }
        fresh.sites.set("/sign-up/", of: .publicPages, to: "sign-up is closed")
        try await fresh.test(.live) { client in
            let here = try await client.get("/sign-up/")
            #expect(here.text == "sign-up email= name= problems=[] code=false")
            #expect(here.headers[.cacheControl] == "no-store")
            let behindProxy = try await client.get("/sign-up/", [.xForwardedFor: "203.0.113.9"])
            #expect(behindProxy.text.hasSuffix("code=true"))
        }

        let settled = try await Harness()
        settled.sites.set("/sign-up/", of: .publicPages, to: "sign-up is closed")
        try await settled.test(.live) { client in
            let answer = try await client.get("/sign-up/")
            #expect(answer.text == "sign-up is closed")
        }
    }

    @Test("with the code works once")
    func codeTwice() async throws {
        let harness = try await Harness(users: false) { $0.setupCode = "ABCD-EFGH-JKLM" }

        try await harness.test { client in
            let code = "&code=ABCD-EFGH-JKLM"
            let first = try await client.post("/api/auth/sign-up", form: form + code)
            #expect(first.status == .seeOther)
            let second = "email=second%40example.com&password=ten+letters" + code
            #expect(try await client.post("/api/auth/sign-up", form: second).status == .forbidden)
        }
    }

    @Test("prints codes that nobody guesses or misreads")
    func codes() {
        let codes = (0..<100).map { _ in SetupCode.random() }

        #expect(Set(codes).count == 100)
        #expect(codes.allSatisfy { $0.wholeMatch(of: /([A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}/) != nil })
        #expect(!SetupCode.matches("", ""[...].isEmpty ? nil : "x"))
        #expect(!SetupCode.matches(nil, codes[0]))
    }
}
