import Core
import HTTPTypes
import Hummingbird

/// Every address that nothing else answers: pages, assets, and what is not there.
struct PageRoutes: Sendable {
    let pages: PageServer
    let desk: AccountDesk
    let editor: WatchlistPages
    let rendering: any PageRendering

    /// Below an address that an endpoint shares with files the router does not find its way back to "/**".
    static let paths = [
        "/", "/**", "/ideaboards", "/ideaboards/{id}", "/ideaboards/{id}/**", "/library", "/library/**", "/settings",
        "/settings/{page}", "/settings/{page}/**", "/reset", "/reset/{token}/**", "/farewell", "/farewell/{id}/**",
    ]

    /// A list of boards by status is there while it differs from the list of them all.
    private static let emptied = IdeaboardStatus.allCases.map { Route.ideaboardsWith($0, page: 1).path }

    /// Adds itself to the router, behind all other addresses.
    func add(to router: Router<Visit>) {
        for path in Self.paths {
            router.on(RouterPath(path), method: .get, use: page)
            router.on(RouterPath(path), method: .head, use: page)
            for method in HTTPRequest.Method.notForPages {
                router.on(RouterPath(path), method: method, use: refuse)
            }
        }
    }

    @Sendable func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let asked = PageRequest(request)
        if let form = try await form(asked, for: visit.caller(request)) {
            return try await answer(form, asked)
        }
        if let response = try await editor.answer(asked) {
            return asked.isHead ? response.createHeadResponse() : response
        }
        switch try await pages.outcome(asked) {
        case .answer(let answer): return answer.response(isHead: asked.isHead)
        case .response(let response): return response
        case .signInNeeded: return .redirect(to: NextAddress.signIn(for: asked), status: .seeOther)
        case .signedInAlready: return .redirect(to: NextAddress.fallback, status: .seeOther)
        case .slashMissing: return .redirect(to: asked.addressWithSlash, status: .permanentRedirect)
        case .missing where Self.emptied.contains(where: asked.path.hasPrefix):
            return .redirect(to: Route.ideaboards(page: 1).path, status: .seeOther)
        case .missing: return try await missing(asked)
        }
    }

    @Sendable func refuse(_ request: Request, _ visit: Visit) async throws -> Response {
        if case .elsewhere = SiteArea(path: request.uri.path) { throw APIFailure.notFound }
        throw APIFailure.methodNotAllowed("GET, HEAD")
    }

    /// The forms that cannot be files: the one that remembers where to go, and the one for the very first account.
    private func form(_ asked: PageRequest, for caller: AccountDesk.Caller) async throws -> PageAnswer? {
        switch asked.path {
        case Route.signIn.path:
            return NextAddress.asked(in: asked.query).map { .signIn(email: "", next: $0, problems: []) }
        case Route.signUp.path:
            guard let needsCode = try await desk.firstAccountNeedsCode(caller) else { return nil }
            return .signUp(email: "", name: "", problems: [], needsCode: needsCode)
        default:
            return nil
        }
    }

    private func answer(_ form: PageAnswer, _ asked: PageRequest) async throws -> Response {
        guard try await pages.sessions.session(asked.cookie) == nil else {
            let next = NextAddress.asked(in: asked.query) ?? NextAddress.fallback
            return .redirect(to: next, status: .seeOther)
        }
        let response = HTMLAnswer.response(try rendering.render(form), status: .ok)
        return asked.isHead ? response.createHeadResponse() : response
    }

    private func missing(_ asked: PageRequest) async throws -> Response {
        guard SiteArea(path: asked.path) != .elsewhere, let page = try await pages.missingPage() else {
            throw APIFailure.notFound
        }
        let response = HTMLAnswer.response(page.body, status: .notFound)
        return asked.isHead ? response.createHeadResponse() : response
    }
}

extension PageRequest {
    fileprivate var addressWithSlash: String { path + "/" + (query.map { "?" + $0 } ?? "") }
}
