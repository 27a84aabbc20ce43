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
        var failure = failure(for: error, logger: visit.namedLogger)
        // JSON that is wrong is 400, a form that has to be filled in again 422.
        if failure.code == .validation, Submission.isAnyForm(request) { failure.status = .unprocessableContent }
        if Self.wantsPage(request), let page = try? page(failure, requestID: visit.id) { return page }
        if let answer = try? Envelope.failure(failure, requestID: visit.id) { return answer }
        return Response(status: failure.status)
    }

    private func failure(for error: any Error, logger: Logger) -> APIFailure {
        switch error {
        case let failure as APIFailure:
            return failure
        case let problem as ValidationError:
            return .invalid([problem])
        case let problems as FormProblems:
            return problems.failure
        case let conflict as IdeaboardConflict:
            return .conflict(conflict)
        case let failure as StoreFailure:
            return .refused(failure)
        case let quota as QuotaExceeded:
            return .exceeded(quota)
        case let failure as ServiceFailure:
            return .failed(failure, logger)
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
            status: failure.status.code, title: failure.code.title, message: failure.message, requestID: requestID)
        var response = HTMLAnswer.response(try rendering.render(answer), status: failure.status)
        response.headers.append(contentsOf: failure.headers)
        return response
    }

    /// Browsers get pages, also for the forms that post to the API and on the way to an issuer and back; everything else
    /// under `/api/` gets the envelope.
    private static func wantsPage(_ request: Request) -> Bool {
        guard request.headers[.accept]?.contains("text/html") == true else { return false }
        let path = request.uri.path
        return !path.hasPrefix("/api/") || Submission.isAnyForm(request) || path.hasPrefix(APIRoute.issuer.path)
    }
}

/// A page rendered for this one answer.
enum HTMLAnswer {
    static func response(_ body: [UInt8], status: HTTPResponse.Status) -> Response {
        let headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension APIFailure {
    /// What the store says of nouns is fit for clients; ids among it are those that they sent.
    fileprivate static func refused(_ failure: StoreFailure) -> APIFailure {
        let sentence = failure.description
        let message = sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
        switch failure {
        case .missing: return APIFailure(code: .notFound, message: message)
        case .taken: return .conflict(message)
        }
    }

    fileprivate static func conflict(_ conflict: IdeaboardConflict) -> APIFailure {
        var failure = APIFailure.conflict(conflict.description)
        failure.current = conflict.current
        return failure
    }

    fileprivate static func failed(_ failure: ServiceFailure, _ logger: Logger) -> APIFailure {
        logger.warning("Outside service failed", metadata: ["service": "\(failure.service)"])
        var answer = APIFailure(code: .externalService, message: failure.reason)
        if let wait = failure.retryAfter { answer.headers[.retryAfter] = "\(max(1, wait.components.seconds))" }
        return answer
    }
}
