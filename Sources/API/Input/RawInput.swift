import Core
import HTTPTypes
import Hummingbird

/// The parts of a request that input is read from, as they came.
struct RawInput: Sendable {
    enum Body: Sendable {
        case none
        case form([String: [String]])
        case json([String: JSON])
        /// Instead of fields.
        case file(TakenFile)
    }

    let path: [String: String]
    let query: [String: [String]]
    let body: Body

    /// Every field of a browser's form, without its file; `nil` for everything else.
    var form: [String: [String]]? {
        switch body {
        case .form(let fields): fields
        case .file(let file): file.form
        default: nil
        }
    }

    /// Reads and decodes; `bodyLimit` is `nil` where no body is looked at, unless it is a file.
    static func read(
        _ request: Request, _ visit: Visit, bodyLimit: Int?, file: FileTerms? = nil
    ) async throws -> RawInput {
        let path = Dictionary(visit.parameters.map { (String($0), String($1)) }) { first, _ in first }
        let query = try FormText.values(Array((request.uri.query ?? "").utf8), of: "query")
        if let file { return RawInput(path: path, query: query, body: .file(try await file.read(request))) }
        return RawInput(path: path, query: query, body: try await body(of: request, limit: bodyLimit))
    }

    private static func body(of request: Request, limit: Int?) async throws -> Body {
        guard let limit else { return .none }
        let bytes = try await request.bytes(upTo: limit)
        switch Submission.mediaType(request) {
        case "application/x-www-form-urlencoded": return .form(try FormText.values(bytes, of: "body"))
        case "application/json": return try json(bytes)
        case _ where bytes.isEmpty: return .none
        default: throw APIFailure.mediaType
        }
    }

    private static func json(_ bytes: [UInt8]) throws -> Body {
        guard !bytes.isEmpty else { return .none }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw malformed("must be UTF-8 text") }
        do {
            guard case .object(let members) = try JSONParser.parse(bytes) else {
                throw malformed("must be a JSON object")
            }
            return .json(members)
        } catch let failure as JSONFailure {
            let before = bytes[..<min(failure.offset, bytes.count)]
            let line = before.count { $0 == 0x0A } + 1
            let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
            throw malformed("must be JSON; at line \(line), column \(column), \(failure.reason)")
        }
    }

    private static func malformed(_ rule: String) -> APIFailure {
        .invalid([ValidationError(field: "body", rule: rule)])
    }
}
