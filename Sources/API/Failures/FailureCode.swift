import HTTPTypes

/// The stable name of a failure, as clients of the API compare it, and the status that goes with it.
enum FailureCode: String, Sendable, CaseIterable {
    case unauthorized = "UNAUTHORIZED"
    case forbidden = "FORBIDDEN"
    case notFound = "NOT_FOUND"
    case validation = "VALIDATION_ERROR"
    case conflict = "CONFLICT"
    case usageExceeded = "USAGE_EXCEEDED"
    case externalService = "EXTERNAL_SERVICE_ERROR"
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    case payloadTooLarge = "PAYLOAD_TOO_LARGE"
    case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
    case misdirected = "MISDIRECTED_REQUEST"
    case rateLimited = "RATE_LIMITED"
    case internalError = "INTERNAL_SERVER_ERROR"
    case unavailable = "SERVICE_UNAVAILABLE"

    var status: HTTPResponse.Status {
        switch self {
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .validation: .badRequest
        case .conflict: .conflict
        case .usageExceeded: .forbidden
        case .externalService: .badGateway
        case .methodNotAllowed: .methodNotAllowed
        case .payloadTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .misdirected: .misdirectedRequest
        case .rateLimited: .tooManyRequests
        case .internalError: .internalServerError
        case .unavailable: .serviceUnavailable
        }
    }

    /// The headline of its page.
    var title: String {
        switch self {
        case .unauthorized: "Sign in first"
        case .forbidden: "Not allowed"
        case .notFound: "Nothing here"
        case .validation: "Something is missing"
        case .conflict: "That changed meanwhile"
        case .usageExceeded: "Your plan's limit is reached"
        case .externalService: "Another service did not answer well"
        case .methodNotAllowed: "This address works differently"
        case .payloadTooLarge: "That is too large"
        case .unsupportedMediaType: "That kind of content is not understood"
        case .misdirected: "Wrong address"
        case .rateLimited: "One moment, please"
        case .internalError: "Something broke on our side"
        case .unavailable: "Not ready yet"
        }
    }
}
