import Core
import Crypto
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import API

@Suite("Clerk's webhook")
struct WebhookRouteTests {
    private static let secret = Array("0123456789abcdef0123456789abcdef".utf8)
    private let issuer = TestIssuer()

    private func harness() async throws -> Harness {
        let key = try StandardWebhookKey("whsec_" + Data(Self.secret).base64EncodedString(), field: "KEY")
        return try await .vouched(by: issuer) { $0.clerkKey = key }
    }

    /// An event of Clerk on its way, signed now unless told otherwise.
    private struct Sent {
        var id = "msg_1"
        var body = WebhookRouteTests.user("user.created", at: 1)
        var secret = WebhookRouteTests.secret
        var seconds: Int64 = 0

        func post(_ client: any TestClientProtocol) async throws -> TestResponse {
            let time = ManualClock.start.milliseconds / 1000 + seconds
            let signed = Array("\(id).\(time).\(body)".utf8)
            let code = Data(HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret)))
            var headers = WebhookSignatureTests.headers(id, time, "v1,\(code.base64EncodedString())")
            headers[.contentType] = "application/json"
            return try await client.execute(
                uri: "/api/webhooks/clerk", method: .post, headers: headers, body: ByteBuffer(string: body)
            ) { $0 }
        }
    }

    static func user(_ type: String, at time: Int64, email: String = "mara.k@example.com", name: String = "Mara")
        -> String
    {
        """
        {"type":"\(type)","object":"event","data":{"id":"user_1","object":"user","first_name":"\(name)","last_name":"K",
        "primary_email_address_id":"a_1","updated_at":\(time),"email_addresses":[{"id":"a_1","object":"email_address",
        "email_address":"\(email)","verification":{"status":"verified"}}]}}
        """
    }

    static let deletion = #"{"type":"user.deleted","data":{"id":"user_1","object":"user","deleted":true}}"#

    /// Does every job about events that was asked for and is not done.
    private func work(_ harness: Harness) async throws {
        let events = ClerkEvents(issuer: TestIssuer.address, accounts: harness.accounts, now: harness.clock.read)
        for case let job as ApplyWebhookJob in harness.accounts.jobs
        where !harness.accounts.applied.contains("\(job.source) \(job.eventID)") {
            let event = try #require(await harness.accounts.event(source: job.source, eventID: job.eventID))
            _ = try await events.apply(event)
            try await harness.accounts.markApplied(
                source: job.source, eventID: job.eventID, now: harness.clock.read())
        }
    }

    @Test("takes a signed event once; a repetition answers well and does nothing")
    func once() async throws {
        let harness = try await harness()
        try await harness.test { client in
            for isNew in [true, false, false] {
                let answer = try await Sent().post(client)
                #expect(answer.status == .ok && answer.json["data"]?["is_new"] == .bool(isNew))
            }
        }
        #expect(harness.accounts.jobs.count { $0 is ApplyWebhookJob } == 1)
    }

    @Test("notes nothing that is forged, stale, from the future, or without a signature")
    func refused() async throws {
        let harness = try await harness()
        try await harness.test { client in
            let others = [
                Sent(secret: Array("another secret of 32 bytes .....".utf8)), Sent(seconds: -301), Sent(seconds: 301),
            ]
            for sent in others { #expect(try await sent.post(client).status == .unauthorized) }
            let bare = try await client.post("/api/webhooks/clerk", json: Self.deletion)
            #expect(bare.status == .unauthorized)
            #expect(try await Sent(body: "{}").post(client).status == .badRequest)
            #expect(try await Sent(body: "nothing").post(client).status == .badRequest)
            let large = Sent(body: #"{"type":"\#(String(repeating: "x", count: 1 << 20))"}"#)
            #expect(try await large.post(client).status == .contentTooLarge)
        }
        #expect(harness.accounts.jobs.isEmpty)
    }

    @Test("keeps a user current, in the issuer's order, and makes nobody")
    func current() async throws {
        let harness = try await harness()
        let bearer: HTTPFields = [.authorization: "Bearer \(try TestIssuer.token(TestIssuer.claims()))"]
        try await harness.test { client in
            #expect(try await Sent(id: "msg_0").post(client).status == .ok)
            try await work(harness)
            #expect(try await harness.accounts.user(email: "mara.k@example.com") == nil)

            #expect(try await client.account(bearer)["email"] == .null)
            let events = [("msg_2", Int64(20), "Mara"), ("msg_1", 10, "Old"), ("msg_3", 30, "Mara Maria")]
            for (id, time, name) in events {
                _ = try await Sent(id: id, body: Self.user("user.updated", at: time, name: name)).post(client)
                try await work(harness)
                #expect(try await client.account(bearer)["name"] != .text("Old K"))
            }
            let account = try await client.account(bearer)
            #expect(account["name"] == .text("Mara Maria K") && account["email"] == .text("mara.k@example.com"))
        }
    }

    @Test("ends the account that Clerk deleted, and no late event brings it back")
    func deleted() async throws {
        let harness = try await harness()
        let bearer: HTTPFields = [.authorization: "Bearer \(try TestIssuer.token(TestIssuer.claims()))"]
        try await harness.test { client in
            let cookie = try #require(try await client.post("/api/auth/sync", json: "{}", bearer).cookie)
            let id = try #require(try await client.account([.cookie: cookie])["id"]?.text)
            #expect(try await Sent(id: "msg_1", body: Self.deletion).post(client).status == .ok)
            try await work(harness)
            let job = harness.accounts.jobs.compactMap { $0 as? DeleteAccountJob }.first
            #expect(job?.user.rawValue == id)

            for (id, type) in [("msg_2", "user.updated"), ("msg_3", "user.created")] {
                _ = try await Sent(id: id, body: Self.user(type, at: 99, email: "late@example.com")).post(client)
                try await work(harness)
            }
            #expect(try await harness.accounts.user(email: "late@example.com") == nil)
            #expect(try await client.post("/api/auth/sync", json: "{}", bearer).status == .forbidden)
            harness.clock.advance(seconds: 1)
            #expect(try await client.get("/api/auth/user", [.cookie: cookie]).status == .unauthorized)
        }
    }

    @Test("is off unless its secret is set, and says what turns it on")
    func off() async throws {
        let harness = try await Harness.vouched(by: issuer)
        try await harness.test { client in
            let answer = try await Sent().post(client)
            #expect(answer.status == .notFound && answer.text.contains("KAPTURE_CLERK_WEBHOOK_SECRET"))
        }
    }
}
