import Core
import HTTPTypes

/// A refusal with everything its answer needs. Never holds secrets: all of it goes to the client.
struct APIFailure: Error, Sendable {
    let code: FailureCode
    /// A sentence for people: what is wrong and what to do.
    let message: String
    var details: [ValidationError] = []
    var headers: HTTPFields = [:]
    /// What stands there now, where a write came too late.
    var current: Ideaboard?
    /// The status of its answer: that of the code, but for a form that has to be filled in again.
    var status: HTTPResponse.Status

    init(code: FailureCode, message: String, details: [ValidationError] = [], headers: HTTPFields = [:]) {
        (self.code, self.message, self.details, self.headers) = (code, message, details, headers)
        status = code.status
    }

    static let signInNeeded = APIFailure(
        code: .unauthorized, message: "Sign in first.", headers: [.wwwAuthenticate: "Bearer"])
    static let badToken = APIFailure(
        code: .unauthorized, message: "This token is unknown, expired or revoked. Make a new one in Settings.",
        headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#])
    static let browserOnly = APIFailure(
        code: .forbidden, message: "This needs a signed-in browser; a token is not enough.")
    static let operatorOnly = APIFailure(code: .forbidden, message: "Only the operator of this installation may.")
    static let notFound = APIFailure(code: .notFound, message: "There is nothing at this address.")
    static let crossSite = APIFailure(
        code: .forbidden,
        message: "This request did not come from a page of this site. Open the page again and repeat it there.")
    static let wrongHost = APIFailure(code: .misdirected, message: "This server does not answer for that host name.")
    static let mediaType = APIFailure(
        code: .unsupportedMediaType, message: "Send application/json or application/x-www-form-urlencoded.")

    static func missingScope(_ scope: TokenScope) -> APIFailure {
        APIFailure(
            code: .forbidden, message: "This token lacks the scope \(scope.rawValue).",
            headers: [.wwwAuthenticate: #"Bearer error="insufficient_scope", scope="\#(scope.rawValue)""#])
    }

    /// What was to be changed has changed meanwhile, or a name is taken.
    static func conflict(_ message: String) -> APIFailure { APIFailure(code: .conflict, message: message) }

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

    /// Fields that keep their rules and are refused all the same: a wrong password, an address that is taken.
    static func refused(_ problems: [ValidationError], as code: FailureCode) -> APIFailure {
        let sentence = problems.map(\.description).joined(separator: "; ")
        return APIFailure(
            code: code, message: sentence.prefix(1).uppercased() + sentence.dropFirst() + ".", details: problems)
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
