import Foundation
import TestSupport
import Testing

@Suite("kapture demo", .timeLimit(.minutes(3)))
struct DemoCommandTests {
    @Test("It prints where, as whom and with which password to sign in, and that works")
    func demo() async throws {
        let house = try House()
        let demo = try Running(["demo", "--port", "0"] + house.options, in: house.path)

        _ = try await demo.output.first("password: ")
        let lines = demo.output.all
        try #require(lines.count == 3)
        let address = try #require(lines[0].wholeMatch(of: #/address: (http://127\.0\.0\.1:\d+)/#)?.1)
        let email = try #require(lines[1].wholeMatch(of: #/email: (\S+@\S+)/#)?.1)
        let password = try #require(lines[2].wholeMatch(of: #/password: (\S{12,})/#)?.1)

        let cookie = try await Page.signIn(String(address), email: String(email), password: String(password))
        let dashboard = try await Page.get(address + "/dashboard/", cookie: cookie)
        #expect(dashboard.status == 200 && dashboard.body.contains("This is a demonstration"))
        let boards = try house.rows("SELECT title FROM ideaboards")
        let evidence = try house.rows("SELECT trend_id FROM ideaboard_trends")
        #expect(boards.count == 2 && evidence.count > 2)
        #expect(try house.rows("SELECT id FROM watchlists").count == 3)
        let audit = try ScoreAudit("sqlite:\(house.data)/kapture.db")
        #expect(audit.differences() == [] && audit.scored > 20)
        demo.signal(SIGTERM)
        #expect(try await demo.status() == 0)
    }

    @Test("A folder that already holds an installation is not touched")
    func occupied() async throws {
        let house = try House()
        try await house.fill()
        let users = try house.rows("SELECT email FROM users ORDER BY email")

        let outcome = try await house.kapture("demo", "--port", "0")

        #expect(outcome.status == 1)
        #expect(
            outcome.complaint
                == "Error: --data must not hold an installation yet; remove \(house.data) or choose another folder")
        #expect(try house.rows("SELECT email FROM users ORDER BY email") == users)
    }
}
