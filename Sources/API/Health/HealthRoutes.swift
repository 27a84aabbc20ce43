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
            Endpoint(anyone: .get, APIRoute("/health/live"), "Whether the process lives.", live),
            Endpoint(anyone: .get, APIRoute("/health/ready"), "Whether it can serve.", ready)
                .failing(.unavailable),
            Endpoint(anyone: .get, APIRoute("/health"), "How each part is that it depends on.", parts)
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

    /// An answer as long as Kapture itself can serve, whatever else is down.
    @Sendable func parts(_ input: NoInput, _ call: Call) async throws -> Answer<HealthReport> {
        let report = HealthReport(parts: await board.parts())
        let missing = report.parts.filter { $0.isEssential && $0.condition == .down }
        guard missing.isEmpty else {
            throw APIFailure(
                code: .unavailable, message: "Kapture cannot serve.",
                details: missing.map {
                    ValidationError(field: $0.name, rule: "has been down since \(Figures.iso($0.since))")
                }, headers: [.retryAfter: "5"])
        }
        return Answer(report)
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

/// Every part, and what follows from them.
struct HealthReport: Sendable {
    let parts: [PartHealth]

    var status: String { parts.contains { $0.condition == .down } ? "degraded" : "up" }
}

extension HealthReport: Described {
    static let shape = Shape<HealthReport>.object(
        "HealthReport",
        [
            Property("status", .text(like: "up"), "`up`, or `degraded` when a part is down.") { $0.status },
            Property("parts", .list(PartHealth.shape)) { $0.parts },
        ])
}

extension PartHealth: Described {
    static let shape = Shape<PartHealth>.object(
        "Part",
        [
            Property("name", .text(like: "database")) { $0.name },
            Property("state", .choice(), "`off` when it is not set up.") { $0.condition },
            Property("since", .instant, "As far as this process saw it.") { $0.since },
        ])
}
