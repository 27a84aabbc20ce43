import Core
import Foundation
import Store
import Testing

@Suite("The end of an account over HTTP", .timeLimit(.minutes(3)))
struct DeletionTests {
    /// Noor's trends, board, pages and token, with a word of hers in each.
    private func fill(_ house: AccountHouse, _ browser: Browser) async throws -> String {
        let store = try Store(sqlite: house.house.database)
        let user = try #require(try await store.user(email: "noor@example.com")).id
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        _ = try store.createWatchlist("Canary list", rule: .everything, for: user, now: now)
        _ = try store.createIdeaboard("Canary board", content: "# Canary words", for: user, now: now)
        let canary = Picture(format: .png, kept: Array("Canary pixels".utf8))
        let named = NamedPicture(canary, digest: PictureDigest(sha256: canary.bytes + canary.bytes))
        _ = try await store.setPicture(named, of: user, now: now)
        try store.close()
        let token = try await browser.send(
            "POST", "/api/tokens", ["Content-Type: application/json", "Sec-Fetch-Site: same-origin"],
            #"{"name":"Canary token","scopes":["account:read"]}"#)
        for page in ["/dashboard/", "/ideaboards/", "/settings/"] {
            #expect(try await browser.get(page).body.contains("noor@example.com"))
        }
        return try #require(token.data["token"] as? String)
    }

    private func state(of token: String, at address: String) async throws -> Int {
        try await Browser(address).send("GET", "/api/auth/user", ["Authorization: Bearer \(token)"]).status
    }

    @Test("Rows, pages and tokens are gone, the page says when, a mail says good-bye, and others keep theirs")
    func deleted() async throws {
        let (house, mails) = try await AccountHouse.withMail()
        for email in ["mara@example.com", "noor@example.com"] { try await house.add(email) }
        let (mara, noor) = (
            try await house.browser("mara@example.com"), try await house.browser("noor@example.com")
        )
        let token = try await fill(house, noor)
        #expect(try await state(of: token, at: house.address) == 200)
        #expect(try !house.house.places(holding: "Canary").isEmpty)

        let asked = try await noor.post("/api/auth/user/delete", ["current_password": AccountHouse.password])

        #expect(asked.status == 303)
        let farewell = try #require(asked.location)
        #expect(farewell.hasPrefix("/farewell/") && noor.cookies.isEmpty)
        try await eventually("the page says that it is done") {
            try await Browser(house.address).get(farewell).body.contains("Your account is deleted")
        }
        let job = try #require(farewell.split(separator: "/").last)
        let told = try await Browser(house.address).get("/api/auth/deletions/\(job)")
        #expect(told.data["status"] as? String == "completed")
        let left = try ["Canary", "noor@example.com"].flatMap { try house.house.places(holding: $0) }
        #expect(left == [], "nothing of hers is left")
        #expect(try await state(of: token, at: house.address) == 401)
        let mail = try await mails.next(TakenMail.self)
        #expect(mail.to == ["noor@example.com"] && mail.text.contains("deleted"))
        #expect(try await mara.get("/dashboard/").body.contains("mara@example.com"))
        #expect(try house.emails() == ["mara@example.com"])
    }

    @Test("A wrong password deletes nothing, and the form comes back")
    func refused() async throws {
        let house = try await AccountHouse()
        try await house.add("noor@example.com")
        let browser = try await house.browser("noor@example.com")

        let wrong = try await browser.post("/api/auth/user/delete", ["current_password": "not the one it is"])

        #expect(wrong.status == 403 && wrong.body.contains("Delete the account"))
        #expect(try await browser.get("/dashboard/").status == 200)
        #expect(try house.emails() == ["noor@example.com"])
    }
}
