import Hummingbird
import NIOHTTP1

/// Answers every error that a route or an inner middleware throws.
struct ErrorMiddleware: RouterMiddleware {
    let answers: FailureAnswers

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            throw error  // Hummingbird answers 400 and closes: after it the connection cannot be read.
        } catch {
            let answer = answers.response(to: error, for: request, visit: context)
            return request.method == .head ? answer.createHeadResponse() : answer
        }
    }
}
