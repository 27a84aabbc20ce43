import Testing

@Suite("kapture user", .timeLimit(.minutes(3)))
struct UserCommandTests {
    @Test("add makes an account that signs in; a taken or wrong address is refused by name")
    func add() async throws {
        let house = try await AccountHouse()
        let made = try await house.house.kapture("user", "add", "Mara@Example.com", "--name", "Mara", "--operator")
        let password = try #require(made.lines.last { $0.hasPrefix("password: ") }?.dropFirst(10))

        #expect(made.status == 0 && made.lines.first?.hasPrefix("id: ") == true)
        let browser = try await house.browser("mara@example.com", password: String(password))
        #expect(try await browser.get("/api/auth/user").data["is_operator"] as? Bool == true)
        let taken = try await house.house.kapture("user", "add", "mara@example.com")
        #expect(taken.status == 1 && taken.complaint?.contains("email must not belong to an account yet") == true)
        let wrong = try await house.house.kapture("user", "add", "mara")
        #expect(wrong.status == 1 && wrong.complaint?.contains("must be an address") == true)
        #expect(try house.emails() == ["mara@example.com"])
    }

    @Test("list tells every account, oldest first; a name that could write to the terminal is never taken")
    func list() async throws {
        let house = try House()
        for (email, name) in [("mara@example.com", "Mara"), ("noor@example.com", "Noor")] {
            #expect(try await house.kapture("user", "add", email, "--name", name).status == 0)
        }
        let refused = try await house.kapture("user", "add", "eve@example.com", "--name", "Eve \u{1B}[31m")
        #expect(refused.status == 1 && refused.complaint?.contains("name ") == true)

        let outcome = try await house.kapture("user", "list")

        try #require(outcome.status == 0 && outcome.lines.count == 2, "\(outcome.output)")
        #expect(outcome.lines[0].hasSuffix("mara@example.com  free  user  Mara"))
        #expect(outcome.lines[1].hasSuffix("noor@example.com  free  user  Noor"))
    }

    @Test("passwd ends every session, and only the new password signs in")
    func passwd() async throws {
        let house = try await AccountHouse()
        try await house.add("mara@example.com")
        let browser = try await house.browser("mara@example.com")

        let outcome = try await house.house.kapture("user", "passwd", "MARA@example.com")

        let password = try #require(outcome.lines.first { $0.hasPrefix("password: ") }?.dropFirst(10))
        try await eventually("the session is over") { try await browser.get("/api/auth/user").status == 401 }
        let old = try await Browser(house.address).post(
            "/api/auth/sign-in", ["email": "mara@example.com", "password": AccountHouse.password])
        #expect(old.status == 401)
        _ = try await house.browser("mara@example.com", password: String(password))
        #expect(try await house.house.kapture("user", "passwd", "nobody@example.com").status == 1)
    }

    @Test("plan shows on the next page that its user opens; an unknown plan is refused with those there are")
    func plan() async throws {
        let house = try await AccountHouse()
        try await house.add("mara@example.com")
        let browser = try await house.browser("mara@example.com")
        #expect(try await browser.get("/settings/").body.contains("Plan: Free"))

        let unknown = try await house.house.kapture("user", "plan", "mara@example.com", "gold")
        #expect(unknown.complaint?.contains("plan must be one of free, creator, studio") == true, "\(unknown.errors)")
        #expect(try await house.house.kapture("user", "plan", "mara@example.com", "creator").status == 0)

        #expect(try await browser.get("/settings/").body.contains("Plan: Creator"))
    }

    @Test("delete needs --yes, then leaves nothing of the account while the server runs")
    func delete() async throws {
        let (house, mails) = try await AccountHouse.withMail()
        try await house.add("odile@example.com")
        let browser = try await house.browser("odile@example.com")
        #expect(try await browser.get("/settings/").status == 200)
        let arguments = ["user", "delete", "odile@example.com"]
        func run(_ more: String...) async throws -> Program.Outcome {
            try await Program.run(
                arguments + more + house.house.options, in: house.house.path, environment: house.environment)
        }

        let asked = try await run()
        #expect(asked.status == 1 && asked.complaint?.contains("--yes must be given") == true)
        #expect(try house.emails() == ["odile@example.com"])
        let done = try await run("--yes")

        #expect(done.status == 0 && done.lines.last?.hasPrefix("deleted: ") == true)
        let left = try house.house.places(holding: "odile@example.com")
        #expect(left == [])
        try await eventually("the session is over") { try await browser.get("/api/auth/user").status == 401 }
        let farewell = try await mails.next(TakenMail.self)
        #expect(farewell.to == ["odile@example.com"] && farewell.text.contains("deleted"))
    }
}
