import Crypto
import Foundation
import Testing

@Suite("Clerk's events over HTTP", .timeLimit(.minutes(3)))
struct ClerkTests {
    private static let secret = Array("0123456789abcdef0123456789abcdef".utf8)

    private static func settings(_ issuer: Neighbour) -> [String: String] {
        let key = Data(secret).base64EncodedString()
        return IssuerTests.settings(issuer).merging(["KAPTURE_CLERK_WEBHOOK_SECRET": "whsec_\(key)"]) { $1 }
    }

    private func post(
        _ id: String, _ body: String, secret: [UInt8] = ClerkTests.secret, to house: AccountHouse
    ) async throws -> Browser.Answer {
        let time = Int(Date().timeIntervalSince1970)
        let key = SymmetricKey(data: secret)
        let code = Data(HMAC<SHA256>.authenticationCode(for: Array("\(id).\(time).\(body)".utf8), using: key))
        let headers = [
            "svix-id: \(id)", "svix-timestamp: \(time)", "svix-signature: v1,\(code.base64EncodedString())",
            "Content-Type: application/json",
        ]
        return try await Browser(house.address).send("POST", "/api/webhooks/clerk", headers, body)
    }

    private func event(_ type: String, at time: Int, name: String = "Mara", email: String = "mara@example.com")
        -> String
    {
        """
        {"type":"\(type)","object":"event","data":{"id":"user_1","object":"user","first_name":"\(name)","last_name":"K",
        "primary_email_address_id":"a_1","updated_at":\(time),"email_addresses":[{"id":"a_1","object":"email_address",
        "email_address":"\(email)","verification":{"status":"verified"}}]}}
        """
    }

    private func applied(_ house: AccountHouse) throws -> Int {
        try house.house.rows("SELECT event_id FROM webhook_events WHERE applied_at IS NOT NULL").count
    }

    @Test("A signed event changes its user's pages; a forged one changes nothing, a repeated one nothing more")
    func update() async throws {
        let issuer = try await Neighbour.issuer()
        let house = try await AccountHouse(Self.settings(issuer), beside: [issuer])
        let browser = Browser(house.address)
        _ = try await IssuerTests.goThere(browser)

        let forged = try await post(
            "msg_0", event("user.updated", at: 9, name: "Eve"), secret: Array("another secret of 32 bytes .....".utf8),
            to: house)
        #expect(forged.status == 401)
        for isNew in [true, false] {
            let answer = try await post("msg_1", event("user.updated", at: 10, name: "Marija"), to: house)
            #expect(answer.status == 200 && answer.data["is_new"] as? Bool == isNew)
        }
        try await eventually("the name changes") { try await browser.get("/settings/").body.contains("Marija K") }
        _ = try await post("msg_2", event("user.updated", at: 5, name: "Late"), to: house)
        try await eventually("the late event is done") { try applied(house) == 2 }
        #expect(try await browser.get("/settings/").body.contains("Marija K"), "an older word does not count")
        #expect(try house.house.rows("SELECT event_id FROM webhook_events ORDER BY event_id") == ["msg_1", "msg_2"])
    }

    @Test("Whom Clerk deletes is gone with every word of theirs, and no later event or sign-in brings them back")
    func deletion() async throws {
        let issuer = try await Neighbour.issuer()
        let house = try await AccountHouse(Self.settings(issuer), beside: [issuer])
        let browser = Browser(house.address)
        _ = try await IssuerTests.goThere(browser)
        _ = try await post("msg_1", event("user.updated", at: 10, email: "canary@example.com"), to: house)
        try await eventually("the address changes") { try house.emails() == ["canary@example.com"] }
        #expect(try await browser.get("/settings/").body.contains("canary@example.com"))

        let gone = #"{"type":"user.deleted","data":{"id":"user_1","object":"user","deleted":true}}"#
        #expect(try await post("msg_2", gone, to: house).status == 200)
        try await eventually("the account is gone") { try house.emails() == [] }
        _ = try await post("msg_3", event("user.updated", at: 99, email: "canary@example.com"), to: house)
        try await eventually("the late event is done") { try applied(house) == 3 }

        try await eventually("its pages are gone") { try house.house.places(holding: "canary@example.com") == [] }
        #expect(try await browser.get("/api/auth/user").status == 401)
        let (back, _) = try await IssuerTests.goThere(Browser(house.address))
        #expect(back.status == 403 && back.body.contains("deleted at Acme"))
        #expect(try house.emails() == [])
    }
}
