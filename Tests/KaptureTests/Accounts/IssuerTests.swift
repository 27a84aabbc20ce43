import Testing

@Suite("Sign-in through an issuer on a real socket", .timeLimit(.minutes(3)))
struct IssuerTests {
    static func settings(_ issuer: Neighbour) -> [String: String] {
        [
            "KAPTURE_OIDC_ISSUER": "http://127.0.0.1:\(issuer.port)", "KAPTURE_OIDC_CLIENT_ID": "kapture",
            "KAPTURE_OIDC_CLIENT_SECRET": "s3cret", "KAPTURE_OIDC_NAME": "Acme",
        ]
    }

    /// Through the issuer's pages and back; the answer to the way back.
    static func goThere(_ browser: Browser, next: String = "/library/") async throws -> (Browser.Answer, back: String) {
        let begun = try await browser.get("/api/auth/oidc?next=\(next)")
        try #require(begun.status == 303, "\(begun.body)")
        let there = try #require(begun.location)
        let origin = there.split(separator: "/").prefix(2).joined(separator: "//")
        let shown = try await Browser(origin).get(String(there.dropFirst(origin.count)))
        let back = String(try #require(shown.location).dropFirst(browser.address.count))
        return (try await browser.get(back), back)
    }

    @Test("A browser comes back signed in where it wanted to go; the second time to the same account")
    func signIn() async throws {
        let issuer = try await Neighbour.issuer()
        let house = try await AccountHouse(Self.settings(issuer), beside: [issuer])
        #expect(try await Browser(house.address).get("/sign-in/").body.contains("Sign in with Acme"))
        let browser = Browser(house.address)

        let (answer, back) = try await Self.goThere(browser)
        #expect(answer.status == 303 && answer.location == "/library/")
        let page = try await browser.get("/settings/")
        #expect(page.body.contains("mara@example.com") && page.body.contains("Mara K"))
        let (again, _) = try await Self.goThere(Browser(house.address))
        #expect(again.status == 303)
        #expect(try house.emails() == ["mara@example.com"])
        #expect(try await browser.get(back).status == 403, "a way back works once")
        #expect(try await Browser(house.address).get(back).status == 403, "and in no other browser")
    }

    @Test("Somebody whose address has an account here gets one of their own, without that address")
    func linked() async throws {
        let issuer = try await Neighbour.issuer()
        let house = try await AccountHouse(Self.settings(issuer), beside: [issuer])
        try await house.add("mara@example.com")
        let browser = Browser(house.address)

        let (answer, _) = try await Self.goThere(browser)

        #expect(answer.status == 303)
        let account = try await browser.get("/api/auth/user").data
        #expect(!(account["email"] is String) && account["name"] as? String == "Mara K")
        #expect(try house.emails().count == 2)
    }

    @Test("An issuer that says no, knows another secret or is gone signs nobody in, and a page says so")
    func refused() async throws {
        let issuer = try await Neighbour.issuer("--refuses")
        let house = try await AccountHouse(Self.settings(issuer), beside: [issuer])
        let (denied, _) = try await Self.goThere(Browser(house.address))
        #expect(denied.status == 502 && denied.body.contains("Acme did not sign you in"))

        let other = try await Neighbour.issuer("--secret", "another")
        let strict = try await AccountHouse(Self.settings(other), beside: [other])
        let (unconfirmed, _) = try await Self.goThere(Browser(strict.address))
        #expect(unconfirmed.status == 502 && unconfirmed.body.contains("Acme did not confirm the sign-in"))

        let gone = try await AccountHouse([
            "KAPTURE_OIDC_ISSUER": "http://127.0.0.1:1", "KAPTURE_OIDC_CLIENT_ID": "kapture",
        ])
        let begun = try await Browser(gone.address).get("/api/auth/oidc")
        #expect(begun.status == 502 && begun.body.contains("<h1>"))
        #expect(try gone.emails() == [] && house.emails() == [] && strict.emails() == [])
    }
}
