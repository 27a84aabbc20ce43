import Core
import Hummingbird

/// Whether the process lives, and whether it can serve. Answers for any host, since probes come by address.
struct HealthRoutes: Sendable {
    let accounts: any AccountStoring
    let sites: any SiteReading

    var endpoints: [Endpoint] {
        [
            Endpoint(anyone: .get, APIRoute("/health/live"), "Whether the process lives.", live),
            Endpoint(anyone: .get, APIRoute("/health/ready"), "Whether it can serve.", ready)
                .failing(.unavailable),
        ]
    }

    @Sendable func live(_ input: NoInput, _ call: Call) async throws -> Answer<Health> {
        Answer(Health(status: "live"))
    }

    /// Ready when the database answers and the public pages are there.
    @Sendable func ready(_ input: NoInput, _ call: Call) async throws -> Answer<Health> {
        do {
            _ = try await accounts.hasUsers()
            let landing = try await sites.page(Route.landing.path, of: .publicPages)
            guard landing != nil else { throw Self.unready("the public pages") }
        } catch let failure as APIFailure {
            throw failure
        } catch {
            call.visit.logger.error("Not ready", metadata: ["error": "\(error)"])
            throw Self.unready("the database")
        }
        return Answer(Health(status: "ready"))
    }

    private static func unready(_ part: String) -> APIFailure {
        APIFailure(code: .unavailable, message: "Waiting for \(part).", headers: [.retryAfter: "1"])
    }
}

struct Health: Sendable {
    let status: String
}

extension Health: Described {
    static let shape = Shape<Health>.object("Health", [Property("status", .text(like: "live")) { $0.status }])
}
