import Core
import Foundation
import HTTPTypes
import Hummingbird

/// The fields of a form or a JSON object, read within the size limit.
struct Submission: Sendable {
    /// Whether a browser's form sent it: it gets pages and redirects instead of JSON.
    let isForm: Bool
    private let fields: [String: String]

    /// A field as it was sent; an absent one is empty.
    subscript(name: String) -> String { fields[name] ?? "" }

    static func read(_ request: Request) async throws -> Submission {
        let isForm = isForm(request)
        guard isForm || mediaType(request) == "application/json" else { throw APIFailure.mediaType }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > APISettings.bodyLimit {
            throw APIFailure.tooLarge(APISettings.bodyLimit)
        }
        let body = try await request.body.collect(upTo: APISettings.bodyLimit)
        let bytes = Array(body.readableBytesView)
        return Submission(isForm: isForm, fields: isForm ? try FormText.fields(bytes) : try json(bytes))
    }

    static func isForm(_ request: Request) -> Bool {
        mediaType(request) == "application/x-www-form-urlencoded"
    }

    /// Lower-case, without parameters; empty when the request names none.
    static func mediaType(_ request: Request) -> String {
        let value = request.headers[.contentType] ?? ""
        return FieldText.trimmed(String(value.prefix { $0 != ";" })).lowercased()
    }

    private static func json(_ bytes: [UInt8]) throws -> [String: String] {
        guard let values = try? JSONDecoder().decode([String: JSONText].self, from: Data(bytes)) else {
            throw APIFailure.invalid([ValidationError(field: "body", rule: "must be a JSON object")])
        }
        let wrong = values.filter { $0.value == .other }.keys.sorted()
        guard wrong.isEmpty else {
            throw APIFailure.invalid(wrong.map { ValidationError(field: String($0.prefix(40)), rule: "must be text") })
        }
        return values.compactMapValues { value in
            if case .text(let text) = value { text } else { nil }
        }
    }
}

/// A JSON value where only text is meant.
private enum JSONText: Decodable, Equatable {
    case text(String)
    case null
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else {
            self = (try? container.decode(String.self)).map(JSONText.text) ?? .other
        }
    }
}
