/// Does what a service's event asks for.
package struct ApplyWebhookJob: JobRequest, Hashable {
    package static let jobName = "apply-webhook"

    package let source: String
    package let eventID: String

    package init(source: String, eventID: String) {
        (self.source, self.eventID) = (source, eventID)
    }
}
