import Core
import HTTPTypes

/// A service that tells us things.
protocol WebhookSource: Sendable {
    /// The last part of its address, and its name in the ledger.
    var name: String { get }

    /// The event, once it is certain that the service sent exactly these bytes, and lately.
    func event(_ headers: HTTPFields, _ body: [UInt8], now: Instant) throws(WebhookRefusal) -> WebhookEvent
}

/// Why an event is not taken. For the log and the answer's code: none of them holds a secret.
enum WebhookRefusal: String, Error, Sendable, Equatable {
    case unsigned, forged, stale, malformed
}
