import HTTPTypes
import Hummingbird

/// Refuses unsafe requests that another site could have caused (403).
///
/// `Sec-Fetch-Site`, where the browser sends it, decides; else `Origin` must be this installation's. Neither of them,
/// or `Origin: null`, is refused. A bearer token exempts: no other site can make a browser send one without asking us,
/// and where there is one, the cookie counts for nothing. Webhooks prove themselves by their signature.
struct CSRFMiddleware: RouterMiddleware {
    private let origins: [String]

    init(_ address: PublicAddress) {
        origins = address.origins
    }

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        let isProven = Callers.bearer(request.headers) != nil || request.uri.path.hasPrefix("/api/webhooks/")
        guard Self.isSafe(request.method) || isProven || isOurs(request.headers) else { throw APIFailure.crossSite }
        return try await next(request, context)
    }

    private func isOurs(_ headers: HTTPFields) -> Bool {
        if let site = headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = headers[.origin] else { return false }
        return origins.contains(origin.lowercased())
    }

    private static func isSafe(_ method: HTTPRequest.Method) -> Bool {
        method == .get || method == .head || method == .options
    }
}
