import Core
import HTTPTypes

/// Failures in the document: one response for each code, and which of them a route can answer.
enum OpenAPIFailures {
    static let schemas: [String: JSON] = [
        "Failure": Schema.object(
            [("success", Schema.bool.with("const", .bool(false))), ("error", error)], required: ["success", "error"]
        ).json
    ]

    static var responses: [String: JSON] {
        let named = FailureCode.allCases.map { code -> (String, JSON) in
            let error = JSON.object([
                "code": .text(code.rawValue), "message": .text(code.title + "."), "details": .array([]),
                "request_id": .text("5f1d"),
            ])
            let example = JSON.object(["success": .bool(false), "error": error])
            return (code.rawValue, response(code.title + ".", example))
        }
        return Dictionary(named) { first, _ in first }
    }

    /// The statuses of a route's failures; where two codes share one, its description names both.
    static func responses(of endpoint: Endpoint) -> [String: JSON] {
        Dictionary(grouping: codes(of: endpoint), by: \.status.code).reduce(into: [:]) { responses, entry in
            let names = entry.value.map(\.rawValue)
            responses["\(entry.key)"] =
                names.count == 1
                ? .object(["$ref": .text("#/components/responses/\(names[0])")])
                : response(names.joined(separator: " or "), nil)
            if entry.key == 400, endpoint.isWriting {
                responses["422"] = response("A form that has to be filled in again: its page, or the envelope.", nil)
            }
        }
    }

    static func codes(of endpoint: Endpoint) -> [FailureCode] {
        var codes: [FailureCode] = [.misdirected, .rateLimited, .internalError] + endpoint.failures
        if endpoint.access != .anyone { codes += [.unauthorized, .forbidden] }
        if endpoint.isWriting { codes += [.forbidden, .validation, .payloadTooLarge, .unsupportedMediaType] }
        if endpoint.fields.contains(where: { $0.place == .path }) { codes.append(.notFound) }
        // Every route refuses parameters that it does not know.
        codes.append(.validation)
        return Set(codes).sorted { $0.rawValue < $1.rawValue }
    }

    private static func response(_ description: String, _ example: JSON?) -> JSON {
        var content: [String: JSON] = ["schema": .object(["$ref": .text("#/components/schemas/Failure")])]
        if let example { content["example"] = example }
        return .object([
            "description": .text(description),
            "content": .object(["application/json": .object(content), "text/html": .object([:])]),
        ])
    }

    private static let error: Schema = {
        let detail = Schema.object([("field", .text()), ("rule", .text())], required: ["field", "rule"])
        return Schema.object(
            [
                ("code", .choice(FailureCode.allCases.map(\.rawValue))), ("message", .text()),
                ("details", .list(of: detail)), ("request_id", .text()),
                ("current", Ideaboard.shape.schema.with("description", .text("In a conflict: what stands there now."))),
            ], required: ["code", "message", "details", "request_id"])
    }()
}
