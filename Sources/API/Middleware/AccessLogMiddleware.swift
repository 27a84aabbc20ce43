import Hummingbird

/// One line and one count per request: pages at debug, writes and failures at info. No query, no token, no cookie.
struct AccessLogMiddleware: RouterMiddleware {
    let record: RequestRecord

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        record.count(response.status.code)
        record.note(
            method: request.method.rawValue, path: request.uri.path, status: response.status.code,
            took: ContinuousClock.now - start, logger: context.logger)
        return response
    }
}
