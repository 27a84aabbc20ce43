import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns any error into an answer: the only place that decides what a client sees of a failure.
///
/// What is not an `APIFailure` or one of its known kin is a 500 whose details stand only in the log.
struct FailureAnswers: Sendable {
    let rendering: any PageRendering

    func response(to error: any Error, for request: Request, visit: Visit) -> Response {
        let failure = failure(for: error, logger: visit.logger)
        if Self.wantsPage(request), let page = try? page(failure, requestID: visit.id) { return page }
        if let answer = try? Envelope.failure(failure, requestID: visit.id) { return answer }
        return Response(status: failure.code.status)
    }

    private func failure(for error: any Error, logger: Logger) -> APIFailure {
        switch error {
        case let failure as APIFailure:
            return failure
        case let problem as ValidationError:
            return .invalid([problem])
        case is NIOTooManyBytesError:
            return .tooLarge(APISettings.bodyLimit)
        case let error as any HTTPResponseError where error.status == .notFound:
            return .notFound
        default:
            logger.error("Request failed", metadata: ["error": "\(error)"])
            if let advice = (error as? any PassingFailure)?.advice {
                return APIFailure(code: .unavailable, message: advice)
            }
            return APIFailure(
                code: .internalError, message: "Nothing you did. Try again; if it stays, tell us the request id.")
        }
    }

    private func page(_ failure: APIFailure, requestID: String) throws -> Response {
        let answer = PageAnswer.failure(
            status: failure.code.status.code, title: failure.code.title, message: failure.message, requestID: requestID)
        var response = HTMLAnswer.response(try rendering.render(answer), status: failure.code.status)
        response.headers.append(contentsOf: failure.headers)
        return response
    }

    /// Browsers get pages, also for the forms that post to the API; everything else under `/api/` gets the envelope.
    private static func wantsPage(_ request: Request) -> Bool {
        guard request.headers[.accept]?.contains("text/html") == true else { return false }
        return !request.uri.path.hasPrefix("/api/") || Submission.isForm(request)
    }
}

/// A page rendered for this one answer.
enum HTMLAnswer {
    static func response(_ body: [UInt8], status: HTTPResponse.Status) -> Response {
        let headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
