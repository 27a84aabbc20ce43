import Core
import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle

/// The HTTP server: a `Service` that listens until graceful shutdown, then finishes the requests it has.
package struct KaptureServer {
    /// The ports that the routes talk to.
    package struct Ports: Sendable {
        package var accounts: any AccountStoring
        package var sites: any SiteReading
        package var rendering: any PageRendering
        package var status: any StatusReading

        package init(
            accounts: any AccountStoring, sites: any SiteReading, rendering: any PageRendering,
            status: any StatusReading
        ) {
            (self.accounts, self.sites, self.rendering, self.status) = (accounts, sites, rendering, status)
        }
    }

    private let settings: APISettings
    private let ports: Ports
    private let hasher: PasswordHasher
    private let logger: Logger
    let sessions: Sessions
    let pages: PageServer
    private let operations: Operations
    private let record: RequestRecord
    private let limiter: RateLimiter?
    private let activity: ActivityRecorder?

    package init(
        _ settings: APISettings, ports: Ports, assets: AssetStore, hasher: PasswordHasher = PasswordHasher(),
        operations: Operations = Operations(), logger: Logger
    ) {
        (self.settings, self.ports, self.hasher, self.logger) = (settings, ports, hasher, logger)
        (self.operations, record) = (operations, RequestRecord(operations.metrics))
        limiter = settings.rateLimit.map {
            RateLimiter($0, permits: operations.permits, logger: logger, now: settings.now)
        }
        let activity = operations.activity.map { ActivityRecorder($0, logger: logger, now: settings.now) }
        self.activity = activity
        sessions = Sessions(
            ports.accounts, address: settings.publicURL, now: settings.now, onSeen: { activity?.note($0) })
        pages = PageServer(settings, sites: ports.sites, sessions: sessions, assets: assets)
    }

    /// Serves these assets from now on, as `serve --watch` does after a change; those that open pages name should be
    /// among them.
    package func replace(assets: AssetStore) {
        pages.replace(assets: assets)
    }

    /// The application. `onRunning` is called with the port once it listens, which tells when the settings said 0.
    package func makeApplication(
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let shared = ConnectionShared(settings, pages: pages, record: record, logger: logger)
        return Application(
            router: router(),
            server: HTTPServerBuilder { PageChannel(shared, responder: $0) },
            configuration: ApplicationConfiguration(address: .hostname(settings.address, port: settings.port)),
            services: [limiter as (any Service)?, activity].compactMap { $0 },
            onServerRunning: { await onRunning($0.localAddress?.port ?? 0) },
            logger: logger)
    }

    private func router() -> Router<Visit> {
        let router = Router(context: Visit.self, options: .autoGenerateHeadEndpoints)
        addMiddleware(to: router)
        router.add(operationEndpoints)
        router.add(StatusRoutes(status: ports.status, sessions: sessions).endpoints)
        router.add(FeedRoutes(status: ports.status, pages: pages, serverKey: settings.serverKey).endpoints)
        let desk = accountDesk()
        router.add(AccountRoutes(desk: desk, sessions: sessions, rendering: ports.rendering).endpoints)
        PageRoutes(pages: pages, desk: desk, rendering: ports.rendering).add(to: router)
        return router
    }

    /// The first is the outermost: every answer, whoever makes it, passes all that stand above.
    private func addMiddleware(to router: Router<Visit>) {
        let security = SecurityHeaders(isSecure: settings.publicURL.isSecure)
        router.add(middleware: ArrivalMiddleware(proxies: settings.trustedProxies))
        router.add(middleware: AccessLogMiddleware(record: record))
        router.add(middleware: SecurityHeadersMiddleware(security: security))
        let answers = FailureAnswers(rendering: ports.rendering)
        if let limiter, let limit = settings.rateLimit {
            router.add(
                middleware: RateLimitMiddleware(limiter: limiter, limit: limit, answers: answers, identify: identify))
        }
        router.add(middleware: ErrorMiddleware(answers: answers))
        router.add(middleware: HostMiddleware(hosts: HostList(settings.publicURL)))
        router.add(middleware: CSRFMiddleware(settings.publicURL))
    }

    /// Whose requests are counted together.
    @Sendable private func identify(_ request: Request, _ visit: Visit) async throws -> RateKey? {
        guard let session = try await sessions.session(request.headers[.cookie]) else { return nil }
        visit.notes.user = session.userID
        return .user(session.userID)
    }

    private var operationEndpoints: [Endpoint] {
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
            registry: operations.metrics, measures: operations.measures, token: operations.metricsToken,
            now: settings.now)
        return HealthRoutes(accounts: accounts, sites: sites, board: board).endpoints + metrics.endpoints
    }

    private func accountDesk() -> AccountDesk {
        let throttle = Throttle(permits: operations.permits, now: settings.now)
        return AccountDesk(accounts: ports.accounts, hasher: hasher, throttle: throttle, settings: settings)
    }
}
