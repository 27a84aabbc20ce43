import Hummingbird

/// Puts the security headers on every answer that comes back through it.
struct SecurityHeadersMiddleware: RouterMiddleware {
    let security: SecurityHeaders

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        security.add(to: &response.headers)
        return response
    }
}
