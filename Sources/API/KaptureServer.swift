import Core
import Hummingbird
import HummingbirdCore
import Logging

/// The HTTP server: a `Service` that listens until graceful shutdown, then finishes the requests it has.
package struct KaptureServer {
    private let settings: APISettings
    private let ports: Ports
    private let hasher: PasswordHasher
    private let logger: Logger
    let sessions: Sessions
    let pages: PageServer
    private let record = RequestRecord()

    package init(
        _ settings: APISettings, ports: Ports, assets: AssetStore, hasher: PasswordHasher = PasswordHasher(),
        logger: Logger
    ) {
        (self.settings, self.ports, self.hasher, self.logger) = (settings, ports, hasher, logger)
        sessions = Sessions(ports.accounts, address: settings.publicURL, now: settings.now)
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
            onServerRunning: { await onRunning($0.localAddress?.port ?? 0) },
            logger: logger)
    }

    func router() -> Router<Visit> {
        let router = Router(context: Visit.self, options: .autoGenerateHeadEndpoints)
        addMiddleware(to: router)
        let desk = accountDesk()
        router.add(endpoints(desk), behind: gate())
        PageRoutes(pages: pages, desk: desk, rendering: ports.rendering).add(to: router)
        return router
    }

    /// Everything that the router and the OpenAPI document know.
    private func endpoints(_ desk: AccountDesk) -> [Endpoint] {
        let endpoints = [
            HealthRoutes(accounts: ports.accounts, sites: ports.sites).endpoints,
            StatusRoutes(status: ports.status, sessions: sessions).endpoints,
            FeedRoutes(status: ports.status, pages: pages, serverKey: settings.serverKey).endpoints,
            AccountRoutes(desk: desk, sessions: sessions, rendering: ports.rendering).endpoints,
            TrendRoutes(trends: ports.trends).endpoints,
            boardEndpoints,
        ].flatMap { $0 }
        let document = OpenAPIRoutes(
            describing: endpoints, server: settings.publicURL.origin, cookie: sessions.cookie.name)
        return endpoints + document.endpoints
    }

    private var boardEndpoints: [Endpoint] {
        BoardRoutes(boards: ports.boards, now: settings.now).endpoints + EvidenceRoutes(boards: ports.boards).endpoints
            + PreviewRoutes(boards: ports.boards, markdown: ports.markdown, rendering: ports.rendering).endpoints
            + BoardPageRoutes(
                boards: ports.boards, trends: ports.trends, sessions: sessions, rendering: ports.rendering
            ).endpoints
    }

    private func gate() -> Gate {
        let bearers: [any BearerResolving] = [ports.tokens.map { TokenBearers(tokens: $0, now: settings.now) }]
            .compactMap { $0 }
        return Gate(
            callers: Callers(sessions: sessions, accounts: ports.accounts, bearers: bearers),
            middleware: [PublishOnWrite(publishing: ports.publishing)],
            rendering: ports.rendering)
    }

    /// The first is the outermost: every answer, whoever makes it, passes all that stand above.
    private func addMiddleware(to router: Router<Visit>) {
        let security = SecurityHeaders(isSecure: settings.publicURL.isSecure)
        router.add(middleware: RequestIDMiddleware())
        router.add(middleware: AccessLogMiddleware(record: record))
        router.add(middleware: SecurityHeadersMiddleware(security: security))
        router.add(middleware: ErrorMiddleware(answers: FailureAnswers(rendering: ports.rendering)))
        router.add(middleware: HostMiddleware(hosts: HostList(settings.publicURL)))
        router.add(middleware: CSRFMiddleware(settings.publicURL))
    }

    private func accountDesk() -> AccountDesk {
        let throttle = Throttle(now: settings.now)
        return AccountDesk(accounts: ports.accounts, hasher: hasher, throttle: throttle, settings: settings)
    }
}
