/// What a service told us, once its signature was checked.
package struct WebhookEvent: Sendable, Hashable {
    /// The stable name of the service, such as `clerk`.
    package let source: String
    /// The service's own id, the same in every repetition.
    package let eventID: String
    /// In the service's words.
    package let type: String
    /// JSON as it came.
    package let body: String

    package init(source: String, eventID: String, type: String, body: String) {
        (self.source, self.eventID, self.type, self.body) = (source, eventID, type, body)
    }
}
