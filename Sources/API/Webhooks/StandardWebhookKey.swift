import Core
import Crypto
import Foundation
import HTTPTypes

/// The signature of Standard Webhooks, which is that of Svix (standard-webhooks/spec 1.0.0).
package struct StandardWebhookKey: Sendable {
    private let key: SymmetricKey

    /// How far a timestamp may be from now, either way, in seconds.
    static let tolerance: Int64 = 300

    /// Takes `whsec_` and base64, padded or not; the prefix may be missing.
    package init(_ secret: String, field: String) throws(ValidationError) {
        var text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
        text = text.filter { $0 != "=" }
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let bytes = Data(base64Encoded: text), bytes.count >= 16 else {
            throw ValidationError(field: field, rule: "must be whsec_ followed by a key in base64")
        }
        key = SymmetricKey(data: bytes)
    }

    /// The id of the message, once its signature and time are right.
    func id(_ headers: HTTPFields, _ body: [UInt8], now: Instant) throws(WebhookRefusal) -> String {
        guard let id = Self.field("id", headers), let time = Self.field("timestamp", headers),
            let signatures = Self.field("signature", headers), (1...256).contains(id.utf8.count)
        else { throw .unsigned }
        guard let seconds = Int64(time), !time.hasPrefix("+") else { throw .malformed }
        let distance = (now.milliseconds / 1000).subtractingReportingOverflow(seconds)
        guard !distance.overflow, distance.partialValue.magnitude <= UInt64(Self.tolerance) else { throw .stale }
        let signed = Array("\(id).\(time).".utf8) + body
        let matches = signatures.split(separator: " ").filter { isSignature($0, of: signed) }
        guard !matches.isEmpty else { throw .forged }
        return id
    }

    /// `v1,` and base64; other versions count for nothing.
    private func isSignature(_ text: Substring, of signed: [UInt8]) -> Bool {
        guard text.hasPrefix("v1,"), let code = Data(base64Encoded: String(text.dropFirst(3))) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: key)
    }

    private static func field(_ name: String, _ headers: HTTPFields) -> String? {
        for prefix in ["svix", "webhook"] {
            if let field = HTTPField.Name("\(prefix)-\(name)"), let value = headers[field], !value.isEmpty {
                return value
            }
        }
        return nil
    }
}
