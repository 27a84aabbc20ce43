import Core

/// Everything about accounts: signing up, in and out, links by mail, sessions, tokens, and who else vouches for people.
struct AccountEndpoints: Sendable {
    let desk: AccountDesk
    let bearers: [any BearerResolving]
    let endpoints: [Endpoint]

    /// `guards` make guessing dear: how passwords are hashed, and where attempts are counted.
    init(
        _ settings: APISettings, _ ports: KaptureServer.Ports, sessions: Sessions,
        guards: (hasher: PasswordHasher, permits: any PermitLeasing)
    ) {
        let (accounts, now) = (ports.accounts, settings.now)
        let throttle = Throttle(permits: guards.permits, secret: settings.serverKey, now: now)
        let passwords = Passwords(accounts: accounts, hasher: guards.hasher, throttle: throttle, now: now)
        let links = LinkDesk(
            links: accounts, passwords: passwords, throttles: .init(like: throttle), sendsMail: settings.sendsMail,
            now: now)
        desk = AccountDesk(
            accounts: accounts, passwords: passwords, links: links, throttle: throttle, settings: settings)
        let issuer = Self.issuerDesk(settings, ports)
        bearers = [TokenBearers(tokens: ports.tokens, now: now)] + (issuer.map { [IssuerBearers(desk: $0)] } ?? [])
        let sources = settings.clerkKey.map { [ClerkWebhooks(key: $0)] } ?? []
        endpoints = [
            AccountRoutes(desk: desk, sessions: sessions, rendering: ports.rendering).endpoints,
            LinkRoutes(
                desk: links, accounts: accounts, passwords: passwords, sessions: sessions, rendering: ports.rendering
            ).endpoints,
            ProfileRoutes(accounts: accounts, passwords: passwords, links: links, sessions: sessions, now: now)
                .endpoints,
            AccountPageRoutes(
                accounts: accounts, tokens: ports.tokens, owners: ports.boards, sessions: sessions,
                rendering: ports.rendering, now: now
            ).endpoints,
            DeletionRoutes(accounts: accounts, rendering: ports.rendering).endpoints,
            SessionRoutes(store: accounts, sessions: sessions, now: now).endpoints,
            TokenRoutes(tokens: ports.tokens, now: now).endpoints,
            IssuerRoutes(desk: issuer, accounts: accounts, sessions: sessions, settings: settings).endpoints,
            WebhookRoutes(sources: sources, ledger: accounts, now: now).endpoints,
        ].flatMap { $0 }
    }

    private static func issuerDesk(_ settings: APISettings, _ ports: KaptureServer.Ports) -> IssuerDesk? {
        guard let issuer = settings.issuer, let fetching = ports.fetching else { return nil }
        return IssuerDesk(
            issuer, fetching: fetching, identities: ports.accounts, origin: settings.publicURL.origin, now: settings.now
        )
    }
}
