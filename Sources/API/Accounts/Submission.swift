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

    /// `names` are the fields that it may have; a form may also say where to go afterwards.
    static func read(_ request: Request, _ names: Set<String>) async throws -> Submission {
        let isForm = isForm(request)
        guard isForm || mediaType(request) == "application/json" else { throw APIFailure.mediaType }
        let bytes = try await request.bytes(upTo: APISettings.bodyLimit)
        return Submission(isForm: isForm, fields: isForm ? try form(bytes, names) : try json(bytes, names))
    }

    private static func form(_ bytes: [UInt8], _ names: Set<String>) throws -> [String: String] {
        let fields = try FormText.fields(bytes)
        let strangers = fields.keys.filter { !names.contains($0) && $0 != NextAddress.field }.sorted()
        guard strangers.isEmpty else { throw APIFailure.invalid(strangers.map(ValidationError.unknown)) }
        return fields
    }

    static func isForm(_ request: Request) -> Bool {
        mediaType(request) == "application/x-www-form-urlencoded"
    }

    /// A form with or without a file.
    static func isAnyForm(_ request: Request) -> Bool {
        isForm(request) || mediaType(request) == FileTerms.formType
    }

    /// Lower-case, without parameters; empty when the request names none.
    static func mediaType(_ request: Request) -> String {
        let value = request.headers[.contentType] ?? ""
        return FieldText.trimmed(String(value.prefix { $0 != ";" })).lowercased()
    }

    private static func json(_ bytes: [UInt8], _ names: Set<String>) throws -> [String: String] {
        guard let values = try? JSONDecoder().decode([String: JSONText].self, from: Data(bytes)) else {
            throw APIFailure.invalid([ValidationError(field: "body", rule: "must be a JSON object")])
        }
        let problems = values.keys.sorted().compactMap { name -> ValidationError? in
            guard names.contains(name) else { return .unknown(name) }
            return values[name]?.text == nil ? ValidationError(field: name, rule: "must be text") : nil
        }
        guard problems.isEmpty else { throw APIFailure.invalid(problems) }
        return values.compactMapValues(\.text)
    }
}

/// A JSON value where only text is meant; `nil` for any other.
private struct JSONText: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
    }
}
