import Core
import Crypto
import Foundation
import HTTPTypes
import Testing

@testable import API

@Suite("Webhook signatures")
struct WebhookSignatureTests {
    struct Vector: Sendable {
        let secret: String
        let id: String
        let time: Int64
        let body: String
        let signature: String
    }

    /// From the documentation of Svix and the Rust library of Standard Webhooks.
    static let vectors = [
        Vector(
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", id: "msg_p5jXN8AQM9LWM0D4loKWxJek", time: 1_614_265_330,
            body: #"{"test": 2432232314}"#, signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        Vector(
            secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            time: 1_649_367_553,
            body: #"{"email":"test@example.com","username":"test_user"}"#,
            signature: "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="),
    ]

    private func refusal(
        _ vector: Vector = vectors[0], _ change: (inout HTTPFields) -> Void = { _ in }, body: String? = nil,
        after seconds: Int64 = 0
    ) throws -> WebhookRefusal? {
        let key = try StandardWebhookKey(vector.secret, field: "KEY")
        var headers = Self.headers(vector.id, vector.time, vector.signature)
        change(&headers)
        do {
            _ = try key.id(headers, Array((body ?? vector.body).utf8), now: Instant(seconds: vector.time + seconds))
            return nil
        } catch {
            return error
        }
    }

    static func headers(_ id: String, _ time: Int64, _ signature: String, prefix: String = "svix") -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in [("id", id), ("timestamp", "\(time)"), ("signature", signature)] {
            if let field = HTTPField.Name("\(prefix)-\(name)") { headers[field] = value }
        }
        return headers
    }

    @Test("of the published vectors are right", arguments: vectors)
    func published(vector: Vector) throws {
        #expect(try refusal(vector) == nil)
        for prefix in ["svix", "webhook", "Svix"] {
            let headers = Self.headers(vector.id, vector.time, vector.signature, prefix: prefix)
            let key = try StandardWebhookKey(String(vector.secret.dropFirst(6)), field: "KEY")
            #expect(try key.id(headers, Array(vector.body.utf8), now: Instant(seconds: vector.time)) == vector.id)
        }
    }

    @Test(
        "count for five minutes before and after",
        arguments: [
            (-301, true), (-300, false), (0, false), (300, false), (301, true), (86_400, true), (-86_400, true),
        ])
    func time(seconds: Int64, isStale: Bool) throws {
        #expect(try refusal(after: seconds) == (isStale ? .stale : nil))
    }

    @Test(
        "that are forged, partial or of another version are refused",
        arguments: [
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", "v1,g0hM9SsE", "v1,", "v1", ",",
            "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v1,!!!!",
        ])
    func forged(signature: String) throws {
        let refused = try refusal(Self.vectors[0]) { headers in
            if let field = HTTPField.Name("svix-signature") { headers[field] = signature }
        }
        #expect(refused == .forged)
        let among =
            "v1,\(Data(repeating: 1, count: 32).base64EncodedString()) \(signature) \(Self.vectors[0].signature)"
        let taken = try refusal(Self.vectors[0]) { headers in
            if let field = HTTPField.Name("svix-signature") { headers[field] = among }
        }
        #expect(taken == nil, "one of several is enough")
    }

    @Test("cover the body, the id and the time")
    func covered() throws {
        #expect(try refusal(body: #"{"test": 2432232315}"#) == .forged)
        #expect(try refusal(body: "") == .forged)
        for (name, value) in [("svix-id", "msg_other"), ("svix-timestamp", "1614265331")] {
            let refused = try refusal(Self.vectors[0]) { headers in
                if let field = HTTPField.Name(name) { headers[field] = value }
            }
            #expect(refused == .forged)
        }
    }

    @Test(
        "need every header, and a time that is a number",
        arguments: [
            ("svix-id", "", WebhookRefusal.unsigned), ("svix-timestamp", "", .unsigned),
            ("svix-signature", "", .unsigned),
            ("svix-timestamp", "now", .malformed), ("svix-timestamp", "+1614265330", .malformed),
            ("svix-timestamp", "1614265330.0", .malformed), ("svix-timestamp", "-9223372036854775808", .stale),
            ("svix-timestamp", "99999999999999999999", .malformed),
        ])
    func headers(name: String, value: String, expected: WebhookRefusal) throws {
        let refused = try refusal(Self.vectors[0]) { headers in
            if let field = HTTPField.Name(name) { headers[field] = value.isEmpty ? nil : value }
        }
        #expect(refused == expected)
    }

    @Test(
        "need a key, padded or not", arguments: ["", "whsec_", "whsec_AAAA", "whsec_not base64 at all!", "sk_live_x"])
    func keys(secret: String) throws {
        let error = #expect(throws: ValidationError.self) { try StandardWebhookKey(secret, field: "KEY") }
        #expect(error?.field == "KEY")
        let bytes = Data((0..<25).map { UInt8($0) })
        for secret in [bytes.base64EncodedString(), bytes.base64EncodedString().filter { $0 != "=" }] {
            _ = try StandardWebhookKey("whsec_" + secret, field: "KEY")
        }
    }
}
