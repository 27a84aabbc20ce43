import Core
import HTTPTypes
import Hummingbird

/// The answer to an event.
private struct Noted: Sendable {
    let isNew: Bool
}

extension Noted: Described {
    static let shape = Shape<Noted>.object(
        "Noted", [Property("is_new", .bool, "False for an event that was noted before.") { $0.isNew }])
}

/// What services tell us: each event is checked, noted once, and left to a job. The answer says only that it is noted.
struct WebhookRoutes: Sendable {
    /// Those whose secret is set.
    let sources: [any WebhookSource]
    let ledger: any WebhookRecording
    let now: @Sendable () -> Instant

    /// Every service that can be switched on.
    private static let names = [ClerkWebhooks.sourceName]

    var endpoints: [Endpoint] {
        Self.names.map { name in
            Endpoint(
                whole: .post, APIRoute.webhook(name).path, "Takes signed events of \(name).",
                Endpoint.form(of: Noted.self)
            ) { call in try await take(call, from: name) }.failing(.unauthorized, .notFound)
        }
    }

    private func take(_ call: Call, from name: String) async throws -> Response {
        guard let source = sources.first(where: { $0.name == name }) else { throw Self.off(name) }
        let body = try await call.request.bytes(upTo: APISettings.webhookLimit)
        let event: WebhookEvent
        do {
            event = try source.event(call.request.headers, body, now: now())
        } catch {
            call.visit.logger.notice("Webhook refused", metadata: ["source": "\(name)", "reason": "\(error.rawValue)"])
            throw Self.failure(error)
        }
        return Reply(Answer(Noted(isNew: try await ledger.record(event, now: now())))).response()
    }

    private static func failure(_ refusal: WebhookRefusal) -> APIFailure {
        switch refusal {
        case .malformed: .invalid([ValidationError(field: "body", rule: "must be an event as the service writes it")])
        case .unsigned, .forged, .stale:
            APIFailure(code: .unauthorized, message: "This event is not signed as it must be, or too old.")
        }
    }

    private static func off(_ name: String) -> APIFailure {
        APIFailure(
            code: .notFound,
            message: "Events of \(name) are off here. KAPTURE_\(name.uppercased())_WEBHOOK_SECRET turns them on.")
    }
}
