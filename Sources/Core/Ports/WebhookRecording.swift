/// The ledger of what services told us. Every write is one transaction.
package protocol WebhookRecording: Sendable {
    /// Notes the event and enqueues the job that applies it. False when it was noted before: nothing is done then.
    func record(_ event: WebhookEvent, now: Instant) async throws -> Bool
    /// `nil` when it was never noted, or is applied.
    func event(source: String, eventID: String) async throws -> WebhookEvent?
    /// Notes that what the event asks for is done, and forgets its body: it may hold what people call private.
    func markApplied(source: String, eventID: String, now: Instant) async throws
}
