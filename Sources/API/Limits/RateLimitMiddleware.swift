import Core
import HTTPTypes
import Hummingbird

/// Counts requests of the API by user, token or address, and refuses those above the limit (429). Pages are not counted.
///
/// The header fields are those of draft-ietf-httpapi-ratelimit-headers-10: the policy, and what is left of it.
struct RateLimitMiddleware: RouterMiddleware {
    let limiter: RateLimiter
    let limit: RateLimit
    let answers: FailureAnswers
    /// Who is asking; `nil` without valid credentials.
    let identify: @Sendable (Request, Visit) async throws -> RateKey?

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        guard Self.isCounted(request.uri.path) else { return try await next(request, context) }
        let key = await key(request, context)
        let standing = await limiter.take(key)
        var response: Response
        if standing.isAllowed {
            response = try await next(request, context)
        } else {
            let refusal = answers.response(
                to: APIFailure.tooManyRequests(retryAfter: standing.seconds), for: request, visit: context)
            response = request.method == .head ? refusal.createHeadResponse() : refusal
        }
        response.headers[.rateLimitPolicy] = "\"\(key.policy)\";q=\(limit.count);w=\(RateLimit.windowSeconds)"
        response.headers[.rateLimit] = "\"\(key.policy)\";r=\(standing.remaining);t=\(standing.seconds)"
        return response
    }

    /// Webhooks come in bursts from few addresses and prove themselves by their signature, calls of cron by their secret.
    private static func isCounted(_ path: String) -> Bool {
        path.hasPrefix("/api/") && !path.hasPrefix("/api/webhooks/") && !path.hasPrefix("/api/cron/")
    }

    /// When nobody can say who it is, the address counts; the route itself will say what is wrong.
    private func key(_ request: Request, _ visit: Visit) async -> RateKey {
        if let known = try? await identify(request, visit) { return known }
        return .address(visit.clientName)
    }
}
