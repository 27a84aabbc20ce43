import Hummingbird

/// One line and one count per request: pages at debug, writes and failures at info. No query, no token, no cookie.
struct AccessLogMiddleware: RouterMiddleware {
    let record: RequestRecord

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let outcome = RequestOutcome(
            method: request.method.rawValue, route: Self.route(context), path: request.uri.path,
            status: response.status.code, took: ContinuousClock.now - start)
        record.count(outcome)
        record.log(outcome, context.namedLogger)
        return response
    }

    /// Pages share one name: their addresses are without number.
    private static func route(_ visit: Visit) -> String {
        guard let pattern = visit.endpointPath else { return "none" }
        return pattern == "/" || pattern.hasSuffix("**") ? "page" : pattern
    }
}
