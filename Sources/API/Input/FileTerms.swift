import Core
import HTTPTypes
import Hummingbird

/// The one file that a route takes instead of fields.
struct FileTerms: Sendable {
    enum Place: Sendable, Equatable {
        /// The whole body, sent as one of its types or as none in particular.
        case body
        /// A field of a browser's form, which may also say where to go afterwards.
        case form
    }

    /// What problems call it; in a form its name.
    let field: String
    /// Bytes.
    let limit: Int
    /// Told in the document.
    let rule: String
    /// What it may be, for those who read the document: what it is, its bytes say.
    let types: [String]
    let place: Place

    static let formType = "multipart/form-data"
    /// What a browser writes around a file: boundaries, names and one address.
    private static let formOverhead = 8 * 1024

    /// The types of bodies that it comes in.
    var mediaTypes: [String] {
        switch place {
        case .body: types + ["application/octet-stream"]
        case .form: [Self.formType]
        }
    }

    /// A form that cannot be taken is one all the same: its page is shown again. Everything else throws.
    func read(_ request: Request) async throws -> TakenFile {
        guard mediaTypes.contains(Submission.mediaType(request)) else { throw wrongType }
        guard place == .form else {
            return TakenFile(bytes: .success(try await request.bytes(upTo: limit, else: tooLarge)), form: nil)
        }
        do {
            let body = try await request.bytes(upTo: limit + Self.formOverhead, else: tooLarge)
            return try taken(try MultipartForm.parts(body, of: request.headers[.contentType] ?? ""))
        } catch let failure as APIFailure {
            return TakenFile(bytes: .failure(failure), form: [:])
        } catch let problem as ValidationError {
            return TakenFile(bytes: .failure(.invalid([problem])), form: [:])
        }
    }

    private func taken(_ parts: [MultipartForm.Part]) throws(ValidationError) -> TakenFile {
        let others = parts.map(\.name).filter { $0 != field && $0 != NextAddress.field }
        if let other = others.first { throw .unknown(other) }
        guard let file = parts.first(where: { $0.name == field }) else {
            throw ValidationError(field: field, rule: "is missing")
        }
        let next = parts.filter { $0.name == NextAddress.field }.map { String(decoding: $0.bytes, as: UTF8.self) }
        return TakenFile(bytes: .success(Array(file.bytes)), form: [NextAddress.field: next])
    }

    private var tooLarge: APIFailure {
        .refused([ValidationError(field: field, rule: "must be at most \(limit / 1024) KiB")], as: .payloadTooLarge)
    }

    private var wrongType: APIFailure {
        let names = mediaTypes.dropLast().joined(separator: ", ")
        let message = "Send " + (names.isEmpty ? "" : names + " or ") + (mediaTypes.last ?? "") + "."
        return APIFailure(code: .unsupportedMediaType, message: message)
    }
}

/// A file as it came, or why it cannot be taken.
struct TakenFile: Sendable {
    let bytes: Result<[UInt8], APIFailure>
    /// The other fields of the form that it came in; `nil` when it was the body.
    let form: [String: [String]]?
}
