import Core
import HTTPTypes
import Hummingbird

/// Every address that nothing else answers: pages, assets, and what is not there.
struct PageRoutes: Sendable {
    let pages: PageServer
    let rendering: any PageRendering

    /// Adds itself to the router, behind all other addresses.
    func add(to router: Router<Visit>) {
        for path in ["/", "/**"] {
            router.on(RouterPath(path), method: .get, use: page)
            router.on(RouterPath(path), method: .head, use: page)
            for method in [HTTPRequest.Method.post, .put, .patch, .delete, .options] {
                router.on(RouterPath(path), method: method, use: refuse)
            }
        }
    }

    @Sendable func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let asked = PageRequest(request)
        if let next = NextAddress.asked(in: asked.query), asked.path == "/sign-in/" {
            return try await signInForm(asked, next: next)
        }
        switch try await pages.outcome(asked) {
        case .answer(let answer): return answer.response(isHead: asked.isHead)
        case .response(let response): return response
        case .signInNeeded: return .redirect(to: NextAddress.signIn(for: asked), status: .seeOther)
        case .signedInAlready: return .redirect(to: NextAddress.fallback, status: .seeOther)
        case .slashMissing: return .redirect(to: asked.addressWithSlash, status: .permanentRedirect)
        case .missing: return try await missing(asked)
        }
    }

    @Sendable func refuse(_ request: Request, _ visit: Visit) async throws -> Response {
        if case .elsewhere = SiteArea(path: request.uri.path) { throw APIFailure.notFound }
        throw APIFailure.methodNotAllowed("GET, HEAD")
    }

    /// The form that remembers where to go, made for this request.
    private func signInForm(_ asked: PageRequest, next: String) async throws -> Response {
        let isSignedIn = try await pages.sessions.session(asked.cookie) != nil
        guard !isSignedIn else { return .redirect(to: next, status: .seeOther) }
        let body = try rendering.render(.signIn(email: "", next: next, problems: []))
        let response = HTMLAnswer.response(body, status: .ok)
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
