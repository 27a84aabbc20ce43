import Core
import Hummingbird

/// Whether the process lives, and whether it can serve. Answers for any host, since probes come by address.
struct HealthRoutes: Sendable {
    let accounts: any AccountStoring
    let sites: any SiteReading

    var endpoints: [Endpoint] {
        [Endpoint(.get, "/health/live", live), Endpoint(.get, "/health/ready", ready)]
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

    private static func unready(_ part: String) -> APIFailure {
        APIFailure(code: .unavailable, message: "Waiting for \(part).", headers: [.retryAfter: "1"])
    }
}
