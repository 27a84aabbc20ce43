import Core
import Foundation
import HTTPTypes

/// Clerk's events, signed by Svix.
package struct ClerkWebhooks: WebhookSource {
    package static let sourceName = "clerk"

    let name = ClerkWebhooks.sourceName
    private let key: StandardWebhookKey

    package init(key: StandardWebhookKey) {
        self.key = key
    }

    func event(_ headers: HTTPFields, _ body: [UInt8], now: Instant) throws(WebhookRefusal) -> WebhookEvent {
        let id = try key.id(headers, body, now: now)
        guard let text = String(validating: body, as: UTF8.self), !text.utf8.contains(0),
            let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(body))
        else { throw .malformed }
        return WebhookEvent(source: name, eventID: id, type: envelope.type, body: text)
    }

    private struct Envelope: Decodable {
        let type: String
    }
}
