import Core
import Hummingbird

extension KaptureServer {
    /// Health and metrics.
    var operationEndpoints: [Endpoint] {
        let (accounts, sites) = (ports.accounts, ports.sites)
        let own = [
            HealthCheck("database", isEssential: true) {
                _ = try await accounts.hasUsers()
                return .up
            },
            HealthCheck("pages", isEssential: true) {
                try await sites.page(Route.landing.path, of: .publicPages) == nil ? .down : .up
            },
        ]
        let board = HealthBoard(own + operations.checks, logger: logger, now: settings.now)
        let metrics = MetricsRoutes(
            registry: operations.metrics, measures: operations.measures + [events], token: operations.metricsToken,
            now: settings.now)
        return HealthRoutes(accounts: accounts, sites: sites, board: board).endpoints + metrics.endpoints
    }

    var libraryEndpoints: [Endpoint] {
        LibraryRoutes(library: ports.library, boards: ports.boards, now: settings.now).endpoints
            + LibraryPageRoutes(
                library: ports.library, boards: ports.boards, sessions: sessions, rendering: ports.rendering
            ).endpoints
    }

    /// Adds the limit, if there is one; behind everything that every answer needs.
    func addRateLimit(to router: Router<Visit>, _ answers: FailureAnswers) {
        guard let limiter, let limit = settings.rateLimit else { return }
        let callers = callers
        router.add(
            middleware: RateLimitMiddleware(limiter: limiter, limit: limit, answers: answers) { request, visit in
                guard let caller = try await callers.signedIn(request, visit.notes) else { return nil }
                switch caller.means {
                case .session: return .user(caller.userID)
                case .bearer(let id, _): return .token(id)
                }
            })
    }
}
