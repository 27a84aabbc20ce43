import Core
import HTTPTypes
import Hummingbird

/// Whether the process lives, whether it can serve, and how each part is that it depends on. Answers for any host, since
/// probes come by address.
struct HealthRoutes: Sendable {
    let accounts: any AccountStoring
    let sites: any SiteReading
    let board: HealthBoard

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/health/live", live), Endpoint(.get, "/health/ready", ready),
            Endpoint(.get, "/health", parts),
        ]
    }

    private struct Answer: Encodable {
        let status: String
    }

    @Sendable func live(_ request: Request, _ visit: Visit) async throws -> Response {
        try Envelope.success(Answer(status: "live"))
    }

    /// Ready when the database answers and the public pages are there.
    @Sendable func ready(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            _ = try await accounts.hasUsers()
            let landing = try await sites.page(Route.landing.path, of: .publicPages)
            guard landing != nil else { throw Self.unready("the public pages") }
        } catch let failure as APIFailure {
            throw failure
        } catch {
            visit.logger.error("Not ready", metadata: ["error": "\(error)"])
            throw Self.unready("the database")
        }
        return try Envelope.success(Answer(status: "ready"))
    }

    private struct Parts: Encodable {
        struct Part: Encodable {
            let name: String
            let state: String
            let since: String
        }
        let status: String
        let parts: [Part]
    }

    /// 200 as long as Kapture itself can serve, whatever else is down.
    @Sendable func parts(_ request: Request, _ visit: Visit) async throws -> Response {
        let parts = await board.parts()
        let down = parts.filter { $0.condition == .down }
        let cannotServe = down.contains { $0.isEssential }
        let answer = Parts(
            status: cannotServe ? "down" : down.isEmpty ? "up" : "degraded",
            parts: parts.map {
                Parts.Part(name: $0.name, state: $0.condition.rawValue, since: HTTPDate.iso8601($0.since))
            })
        return try Envelope.success(answer, status: cannotServe ? .serviceUnavailable : .ok)
    }

    private static func unready(_ part: String) -> APIFailure {
        APIFailure(code: .unavailable, message: "Waiting for \(part).", headers: [.retryAfter: "1"])
    }
}
