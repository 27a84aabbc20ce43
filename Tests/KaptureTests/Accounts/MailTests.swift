import Testing

@Suite("Accounts by mail, with a real mail server", .timeLimit(.minutes(3)))
struct MailTests {
    private let password = AccountHouse.password

    @Test("An account is made by the link in a mail and the password chosen for it, never by opening the link")
    func confirmation() async throws {
        let (house, mails) = try await AccountHouse.withMail()
        try await house.add("operator@example.com")
        let browser = Browser(house.address)

        let asked = try await browser.post(
            "/api/auth/sign-up", ["email": "Noor@Example.com", "name": "Noor", "password": password])
        #expect(asked.status == 303 && asked.location == "/mail-sent/" && browser.cookies.isEmpty)
        let mail = try await mails.next(TakenMail.self)
        #expect(mail.to == ["noor@example.com"] && mail.from == "post@kapture.example")
        let path = try mail.path("/confirm/")

        let page = try await Browser(house.address).get(path)
        #expect(page.status == 200 && page["referrer-policy"] == "no-referrer")
        #expect(try house.emails() == ["operator@example.com"], "looking at the link makes nothing")
        let token = try #require(path.split(separator: "/").last.map(String.init))
        let guessed = try await browser.post("/api/auth/confirm", ["token": token, "password": "another one here"])
        #expect(guessed.status == 403)
        let made = try await browser.post("/api/auth/confirm", ["token": token, "password": password])
        #expect(made.status == 303 && made.location == "/dashboard/")
        #expect(try await browser.get("/dashboard/").body.contains("noor@example.com"))
        #expect(try await Browser(house.address).get(path).status == 404, "a link works once")
    }

    @Test("A forgotten password is replaced by the link in a mail, which ends every session and is told")
    func reset() async throws {
        let (house, mails) = try await AccountHouse.withMail()
        try await house.add("mara@example.com")
        let old = try await house.browser("mara@example.com")
        let browser = Browser(house.address)

        let unknown = try await browser.post("/api/auth/reset", ["email": "nobody@example.com"])
        let asked = try await browser.post("/api/auth/reset", ["email": "mara@example.com"])
        #expect([unknown, asked].allSatisfy { $0.status == 303 && $0.location == "/mail-sent/" })
        let mail = try await mails.next(TakenMail.self)
        #expect(mail.to == ["mara@example.com"], "nobody else gets one")
        let path = try mail.path("/reset/")
        #expect(try await browser.get(path).status == 200)
        #expect(try await old.get("/api/auth/user").status == 200)
        let token = try #require(path.split(separator: "/").last.map(String.init))
        let done = try await browser.post("/api/auth/reset/confirm", ["token": token, "password": "brand new words"])

        #expect(done.status == 303 && done.location == "/dashboard/")
        #expect(try await browser.get("/api/auth/user").status == 200)
        #expect(try await old.get("/api/auth/user").status == 401)
        let notice = try await mails.next(TakenMail.self)
        #expect(notice.to == ["mara@example.com"] && notice.text.contains("password"))
        _ = try await house.browser("mara@example.com", password: "brand new words")
    }

    @Test("A new address counts once its mail is followed; the old one is told of it")
    func change() async throws {
        let (house, mails) = try await AccountHouse.withMail()
        try await house.add("mara@example.com")
        let browser = try await house.browser("mara@example.com")

        let asked = try await browser.post(
            "/api/auth/email", ["email": "new@example.com", "current_password": password])
        #expect(asked.location == "/mail-sent/")
        let mail = try await mails.next(TakenMail.self)
        let path = try mail.path("/confirm/")
        #expect(mail.to == ["new@example.com"])
        #expect(try house.emails() == ["mara@example.com"])
        #expect(try await browser.get(path).status == 200)
        let token = try #require(path.split(separator: "/").last.map(String.init))
        #expect(try await browser.post("/api/auth/confirm", ["token": token]).status == 303)

        #expect(try house.emails() == ["new@example.com"])
        let notice = try await mails.next(TakenMail.self)
        #expect(notice.to == ["mara@example.com"] && notice.text.contains("new@example.com"))
        #expect(try await browser.get("/settings/").body.contains("new@example.com"))
    }

    @Test("A mail that the server refuses for good is a failed job, and says nothing to whoever asked")
    func refusedMail() async throws {
        let (house, mails) = try await AccountHouse.withMail()
        let browser = Browser(house.address)
        try await house.add("operator@example.com")
        // The server refuses this recipient for good: nobody hears of it but the operator.
        let asked = try await browser.post(
            "/api/auth/sign-up", ["email": "never@example.com", "name": "", "password": password])

        #expect(asked.status == 303 && asked.location == "/mail-sent/")
        try await eventually("the mail's job fails") {
            try house.house.rows("SELECT status FROM background_jobs WHERE status = 'failed'") == ["failed"]
        }
        #expect(mails.rest == 0)
    }
}
