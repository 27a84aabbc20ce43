import Core
import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle

/// The HTTP server: a `Service` that listens until graceful shutdown, then finishes the requests it has.
package struct KaptureServer {
    let settings: APISettings
    let ports: Ports
    let logger: Logger
    let sessions: Sessions
    let pages: PageServer
    let operations: Operations
    /// A service that stops right before the application does.
    package let farewell = Farewell()
    private let accounts: AccountEndpoints
    private let record: RequestRecord
    let limiter: RateLimiter?
    private let activity: ActivityRecorder?
    let events: EventHub

    package init(
        _ settings: APISettings, ports: Ports, assets: AssetStore, hasher: PasswordHasher = PasswordHasher(),
        operations: Operations = Operations(), logger: Logger
    ) {
        (self.settings, self.ports, self.logger) = (settings, ports, logger)
        (self.operations, record) = (operations, RequestRecord(operations.metrics))
        limiter = settings.rateLimit.map {
            RateLimiter($0, permits: operations.permits, logger: logger, now: settings.now)
        }
        let activity = operations.activity.map { ActivityRecorder($0, logger: logger, now: settings.now) }
        self.activity = activity
        let events = EventHub(ports.updates, settings.events, logger: logger)
        self.events = events
        sessions = Sessions(
            ports.accounts, address: settings.publicURL, now: settings.now, onSeen: { activity?.note($0) },
            onForgotten: { events.lookAtSessions(of: $0) })
        pages = PageServer(settings, sites: ports.sites, sessions: sessions, assets: assets)
        accounts = AccountEndpoints(
            settings, ports, sessions: sessions, guards: (hasher, operations.permits))
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
        let shared = ConnectionShared(settings, pages: pages, record: record, farewell: farewell, logger: logger)
        return Application(
            router: router(),
            server: HTTPServerBuilder { PageChannel(shared, responder: $0) },
            configuration: ApplicationConfiguration(address: .hostname(settings.address, port: settings.port)),
            services: [limiter as (any Service)?, activity, events].compactMap { $0 },
            onServerRunning: { [farewell] in
                farewell.opened($0)
                await onRunning($0.localAddress?.port ?? 0)
            },
            logger: logger)
    }

    func router() -> Router<Visit> {
        let router = Router(context: Visit.self, options: .autoGenerateHeadEndpoints)
        addMiddleware(to: router)
        router.add(endpoints(), behind: gate())
        PageRoutes(pages: pages, desk: accounts.desk, editor: watchlistPages, rendering: ports.rendering).add(
            to: router)
        return router
    }

    /// Everything that the router and the OpenAPI document know.
    func endpoints() -> [Endpoint] {
        let endpoints = [
            operationEndpoints,
            StatusRoutes(status: ports.status, sessions: sessions).endpoints,
            FeedRoutes(status: ports.status, pages: pages, serverKey: settings.serverKey).endpoints,
            accounts.endpoints,
            PictureRoutes(
                pictures: ports.pictures, passwords: accounts.desk.passwords, accounts: ports.accounts,
                now: settings.now
            ).endpoints,
            TrendRoutes(trends: ports.trends).endpoints,
            TrendBulkRoutes(trends: ports.trends).endpoints,
            watchlistRoutes.endpoints,
            VisitRoutes(trends: ports.trends, now: settings.now).endpoints,
            JobRoutes(jobs: ports.jobs, now: settings.now).endpoints,
            ports.quotas.map { BillingRoutes(quotas: $0, now: settings.now).endpoints } ?? [],
            boardEndpoints,
            libraryEndpoints,
            EventRoutes(hub: events, sessions: sessions).endpoints,
        ].flatMap { $0 }
        let document = OpenAPIRoutes(
            describing: endpoints, server: settings.publicURL.origin, cookie: sessions.cookie.name)
        return endpoints + document.endpoints
    }

    private var watchlistRoutes: WatchlistRoutes {
        WatchlistRoutes(
            watchlists: ports.watchlists, pages: watchlistPages,
            quota: HeldQuota(quotas: ports.quotas, limit: .watchlists), now: settings.now)
    }

    private var watchlistPages: WatchlistPages {
        WatchlistPages(
            watchlists: ports.watchlists, accounts: ports.accounts, sessions: sessions, rendering: ports.rendering)
    }

    private var boardEndpoints: [Endpoint] {
        let quota = HeldQuota(quotas: ports.quotas, limit: .ideaboards)
        return BoardRoutes(boards: ports.boards, quota: quota, now: settings.now).endpoints
            + EvidenceRoutes(boards: ports.boards).endpoints
            + PreviewRoutes(boards: ports.boards, markdown: ports.markdown, rendering: ports.rendering).endpoints
            + BoardPageRoutes(
                boards: ports.boards, trends: ports.trends, sessions: sessions, rendering: ports.rendering
            ).endpoints
    }

    private func gate() -> Gate {
        Gate(
            callers: callers, middleware: [PublishOnWrite(publishing: ports.publishing)], rendering: ports.rendering)
    }

    var callers: Callers {
        Callers(sessions: sessions, accounts: ports.accounts, bearers: accounts.bearers)
    }

    /// The first is the outermost: every answer, whoever makes it, passes all that stand above.
    private func addMiddleware(to router: Router<Visit>) {
        let security = SecurityHeaders(isSecure: settings.publicURL.isSecure)
        router.add(middleware: ArrivalMiddleware(proxies: settings.trustedProxies))
        router.add(middleware: AccessLogMiddleware(record: record))
        router.add(middleware: SecurityHeadersMiddleware(security: security))
        let answers = FailureAnswers(rendering: ports.rendering)
        addRateLimit(to: router, answers)
        router.add(middleware: ErrorMiddleware(answers: answers))
        router.add(middleware: HostMiddleware(hosts: HostList(settings.publicURL)))
        router.add(middleware: CSRFMiddleware(settings.publicURL))
    }
}
