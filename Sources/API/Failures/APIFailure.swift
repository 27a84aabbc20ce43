import Core
import HTTPTypes

/// A refusal with everything its answer needs. Never holds secrets: all of it goes to the client.
struct APIFailure: Error, Sendable {
    let code: FailureCode
    /// A sentence for people: what is wrong and what to do.
    let message: String
    var details: [ValidationError] = []
    var headers: HTTPFields = [:]

    static let signInNeeded = APIFailure(code: .unauthorized, message: "Sign in first.")
    static let notFound = APIFailure(code: .notFound, message: "There is nothing at this address.")
    static let crossSite = APIFailure(
        code: .forbidden,
        message: "This request did not come from a page of this site. Open the page again and repeat it there.")
    static let wrongHost = APIFailure(code: .misdirected, message: "This server does not answer for that host name.")
    static let mediaType = APIFailure(
        code: .unsupportedMediaType, message: "Send application/json or application/x-www-form-urlencoded.")

    static func tooLarge(_ limit: Int) -> APIFailure {
        APIFailure(code: .payloadTooLarge, message: "The body is larger than \(limit / 1024) KiB.")
    }

    static func methodNotAllowed(_ allow: String) -> APIFailure {
        APIFailure(code: .methodNotAllowed, message: "This address takes \(allow).", headers: [.allow: allow])
    }

    static func invalid(_ problems: [ValidationError]) -> APIFailure {
        let sentence = problems.map(\.description).joined(separator: "; ")
        return APIFailure(code: .validation, message: "Some fields are not right: \(sentence).", details: problems)
    }

    static func tooManyRequests(retryAfter seconds: Int) -> APIFailure {
        APIFailure(
            code: .rateLimited, message: "Too many requests. Go on in \(Figures.plural(seconds, "second")).",
            headers: [.retryAfter: "\(seconds)"])
    }

    static func tooOften(retryAfter seconds: Int) -> APIFailure {
        let wait = seconds == 1 ? "a second" : "\(seconds) seconds"
        return APIFailure(
            code: .rateLimited, message: "Too many attempts. Wait \(wait) and try again.",
            headers: [.retryAfter: "\(seconds)"])
    }
}
