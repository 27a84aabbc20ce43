import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("The user's own account")
struct ProfileRouteTests {
    @Test("name and time zone are changed one by one or together, by form or JSON, and published")
    func profile() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            let named = try await client.post("/api/auth/profile", json: #"{"name":" Anna "}"#, cookie)
            #expect(named.status == .ok && named.json["data"]?["name"] == .text("Anna"))
            let form = try await client.post("/api/auth/profile", form: "time_zone=Asia%2FTokyo", cookie)
            #expect(form.status == .seeOther && form.headers[.location] == "/settings/")
            let account = try await client.account(cookie)
            #expect(account["name"] == .text("Anna") && account["time_zone"] == .text("Asia/Tokyo"))
            let cleared = try await client.post("/api/auth/profile", json: #"{"name":null}"#, cookie)
            #expect(cleared.json["data"]?["name"] == .null)
        }
        #expect(harness.publishing.changes.count == 3)
    }

    @Test(
        "a wrong field is named, with what was typed", arguments: ["time_zone=Mars%2FBase", "name=" + "x".times(101)])
    func wrong(form: String) async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            let answer = try await client.post("/api/auth/profile", form: form, cookie)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(form.split(separator: "=")[0]) && answer.text.contains("account profile"))
        }
        #expect(harness.publishing.changes.isEmpty)
    }

    @Test("a new password needs the old one, ends every other session and is told by mail")
    func password() async throws {
        let harness = try await Harness { $0.sendsMail = true }
        let (own, other) = (try await harness.cookie(of: harness.anna), try await harness.cookie(of: harness.anna))
        try await harness.test { client in
            for current in ["", "&current_password=wrong+one+here"] {
                let answer = try await client.post(
                    "/api/auth/password", form: "password=brand+new+one\(current)", [.cookie: own])
                #expect(answer.status == .forbidden && answer.text.contains("current_password"))
            }
            let done = try await client.post(
                "/api/auth/password", form: "password=brand+new+one&current_password=correct+horse+battery",
                [.cookie: own])
            #expect(done.status == .seeOther)
            let fresh = try #require(done.cookie)
            #expect(try await client.get("/api/auth/user", [.cookie: fresh]).status == .ok)
            for old in [own, other] {
                #expect(try await client.get("/api/auth/user", [.cookie: old]).status == .unauthorized)
            }
        }
        let box = PostBox()
        try await box.deliver(harness)
        #expect(box.mails.map(\.recipient) == ["anna@example.com"] && box.mails[0].text.contains("passwordChanged"))
    }

    @Test("guessing the old password is throttled")
    func guessing() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            let answers = try await Array(0..<11).asyncMap { _ in
                try await client.post(
                    "/api/auth/password", json: #"{"password":"brand new one","current_password":"guess"}"#, cookie)
            }
            #expect(
                answers.prefix(10).allSatisfy {
                    $0.status == .forbidden && $0.json["error"]?["details"]?.array?.count == 1
                })
            #expect(answers[10].status == .tooManyRequests && answers[10].headers[.retryAfter] != nil)
        }
    }

    @Test("a new address counts once its mail is followed by its user, and the old one is told")
    func address() async throws {
        let (harness, box) = (try await Harness { $0.sendsMail = true }, PostBox())
        let (anna, boris) = (try await harness.cookie(of: harness.anna), try await harness.cookie(of: harness.boris))
        let form = "email=New%40example.com&current_password=correct+horse+battery"
        try await harness.test { client in
            let unproven = try await client.post("/api/auth/email", form: "email=new%40example.com", [.cookie: anna])
            #expect(unproven.status == .forbidden && unproven.text.contains("current_password"))
            let asked = try await client.post("/api/auth/email", form: form, [.cookie: anna])
            #expect(asked.status == .seeOther && asked.headers[.location] == "/mail-sent/")
            #expect(try await client.account([.cookie: anna])["email"] == .text("anna@example.com"))
        }
        let token = try #require(try await box.deliver(harness))
        #expect(box.mails.map(\.recipient) == ["new@example.com"])

        try await harness.test { client in
            let page = try await client.get("/confirm/\(token)/")
            #expect(page.status == .seeOther && page.headers[.location]?.hasPrefix("/sign-in/?next=") == true)
            let foreign = try await client.post("/api/auth/confirm", form: "token=\(token)", [.cookie: boris])
            #expect(foreign.status == .forbidden)
            #expect(try await client.get("/confirm/\(token)/", [.cookie: anna]).text.contains("confirmEmail"))
            let done = try await client.post("/api/auth/confirm", form: "token=\(token)", [.cookie: anna])
            #expect(done.status == .seeOther && done.headers[.location] == "/settings/")
            #expect(try await client.account([.cookie: anna])["email"] == .text("new@example.com"))
            let again = try await client.post("/api/auth/confirm", form: "token=\(token)", [.cookie: anna])
            #expect(again.status == .notFound)
        }
        try await box.deliver(harness)
        let notice = try #require(box.mails.last)
        #expect(notice.recipient == "anna@example.com" && notice.text.contains("new@example.com"))
    }

    @Test("without mail an address changes at once, unless it is taken")
    func addressWithoutMail() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            func change(_ email: String) async throws -> TestResponse {
                let json = #"{"email":"\#(email)","current_password":"\#(Harness.password)"}"#
                return try await client.post("/api/auth/email", json: json, cookie)
            }
            #expect(try await change("boris@example.com").status == .conflict)
            let done = try await change("new@example.com")
            #expect(done.json["data"]?["mail_sent"] == .bool(false))
            #expect(try await client.account(cookie)["email"] == .text("new@example.com"))
        }
    }

    @Test("deleting asks for the password again after ten minutes, ends all sessions at once and leaves a job")
    func deletion() async throws {
        let harness = try await Harness()
        let cookies = try await [harness.anna, harness.anna].asyncMap { try await harness.cookie(of: $0) }
        harness.clock.advance(seconds: 601)
        try await harness.test { client in
            let asked = try await client.post("/api/auth/user/delete", form: "", [.cookie: cookies[0]])
            #expect(asked.status == .forbidden && asked.text.contains("Enter your password"))
            let wrong = try await client.post(
                "/api/auth/user/delete", form: "current_password=wrong", [.cookie: cookies[0]])
            #expect(wrong.status == .forbidden && wrong.text.contains("account deletion"))
            let done = try await client.post(
                "/api/auth/user/delete", form: "current_password=correct+horse+battery", [.cookie: cookies[0]])
            #expect(done.status == .seeOther && done.headers[.location]?.hasPrefix("/farewell/") == true)
            #expect(done.headers[.setCookie]?.contains("Max-Age=0") == true)
            for cookie in cookies {
                #expect(try await client.get("/api/auth/user", [.cookie: cookie]).status == .unauthorized)
            }
            let json = #"{"email":"anna@example.com","password":"\#(Harness.password)"}"#
            #expect(try await client.post("/api/auth/sign-in", json: json).status == .unauthorized)
        }
        #expect(harness.accounts.jobs.compactMap { $0 as? DeleteAccountJob }.map(\.user) == [harness.anna])
    }
}

extension String {
    func times(_ count: Int) -> String { String(repeating: self, count: count) }
}
