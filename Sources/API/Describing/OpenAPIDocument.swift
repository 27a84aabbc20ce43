import Core
import HTTPTypes

/// The OpenAPI 3.1 document of some endpoints.
struct OpenAPIDocument {
    private let endpoints: [Endpoint]
    private let server: String
    private let cookie: String

    /// `server` is the public address, `cookie` the name of the session's cookie.
    init(_ endpoints: [Endpoint], server: String, cookie: String) {
        (self.endpoints, self.server, self.cookie) = (endpoints, server, cookie)
    }

    var json: JSON {
        .object([
            "openapi": .text("3.1.0"),
            "info": .object([
                "title": .text("Kapture"), "version": .text("1"),
                "description": .text(
                    "Answers are {\"success\":true,\"data\":…} or {\"success\":false,\"error\":{code, message, details}}. "
                        + "Forms of the site post to the same routes and are answered with 303 or their page."),
            ]),
            "servers": .array([.object(["url": .text(server)])]),
            "paths": .object(paths),
            "components": .object([
                "schemas": .object(schemas), "responses": .object(OpenAPIFailures.responses),
                "securitySchemes": .object(securitySchemes),
            ]),
        ])
    }

    private var paths: [String: JSON] {
        Dictionary(grouping: endpoints, by: \.path).mapValues { group in
            .object(Dictionary(group.map { ($0.method.rawValue.lowercased(), operation($0)) }) { first, _ in first })
        }
    }

    private var schemas: [String: JSON] {
        var schemas = AnswerMeta.shape.schema.components
        for endpoint in endpoints {
            for schema in endpoint.schemas { schemas.merge(schema.components) { first, _ in first } }
            for field in endpoint.fields { schemas.merge(field.schema.components) { first, _ in first } }
        }
        return schemas.merging(OpenAPIFailures.schemas) { first, _ in first }
    }

    private var securitySchemes: [String: JSON] {
        [
            "session": .object(["type": .text("apiKey"), "in": .text("cookie"), "name": .text(cookie)]),
            "token": .object(["type": .text("http"), "scheme": .text("bearer")]),
        ]
    }

    // MARK: One operation

    private func operation(_ endpoint: Endpoint) -> JSON {
        var operation: [String: JSON] = [
            "operationId": .text(Self.name(of: endpoint)), "summary": .text(endpoint.summary),
            "tags": .array([.text(Self.tag(of: endpoint))]), "responses": .object(responses(endpoint)),
            "security": .array(Self.security(of: endpoint.access)),
        ]
        let parameters = endpoint.fields.filter { $0.place != .body }.map(\.parameter)
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body = OpenAPIBody(endpoint) { operation["requestBody"] = body.json }
        if case .user(let scope) = endpoint.access {
            operation["description"] = .text("A token needs the scope `\(scope.rawValue)`.")
        }
        return .object(operation)
    }

    private func responses(_ endpoint: Endpoint) -> [String: JSON] {
        var responses = OpenAPIFailures.responses(of: endpoint)
        let usual = endpoint.statuses.map { ($0, endpoint.answer) }
        for (status, form) in usual + endpoint.otherAnswers.map({ ($0, $1) }) {
            var response = ["description": JSON.text(Self.meaning(of: status))]
            if status != .seeOther {
                var content = Self.content(form)
                if endpoint.showsPage { content["text/html"] = .object([:]) }
                response["content"] = .object(content)
            }
            responses["\(status.code)"] = .object(response)
        }
        if endpoint.isWriting {
            responses["303"] = .object(["description": .text("A form is led to the page that shows the result.")])
        }
        return responses
    }

    private static func content(_ form: Endpoint.AnswerForm) -> [String: JSON] {
        switch form {
        case .value(let schema, let example): ["application/json": envelope(schema, example)]
        case .bare(let schema, let example):
            ["application/json": .object(["schema": schema.json, "example": example])]
        case .other(let mediaType): [mediaType: .object([:])]
        case .file(let types): Dictionary(types.map { ($0, .object([:])) }) { first, _ in first }
        case .events(let about, let example):
            [
                "text/event-stream": .object([
                    "schema": event.with("description", .text(about)).json, "example": .text(example),
                ])
            ]
        }
    }

    /// One event of a stream, by the names of its fields.
    private static let event = Schema.object(
        [("id", .text()), ("event", .text()), ("data", .text()), ("retry", .integer(0...Int64(Int32.max)))],
        required: ["event", "data"])

    private static func meaning(of status: HTTPResponse.Status) -> String {
        switch status {
        case .created: "It was made."
        case .accepted: "It is on its way."
        case .seeOther: "The browser is led on."
        case .unprocessableContent: "The page says what is wrong."
        default: "It worked."
        }
    }

    private static func envelope(_ data: Schema, _ example: JSON) -> JSON {
        let success = Schema.bool.with("const", .bool(true))
        let schema = Schema.object(
            [("success", success), ("data", data), ("meta", AnswerMeta.shape.schema)], required: ["success", "data"])
        return .object(["schema": schema.json, "example": .object(["success": .bool(true), "data": example])])
    }

    private static func security(of access: Access) -> [JSON] {
        let (session, token) = (JSON.object(["session": .array([])]), JSON.object(["token": .array([])]))
        switch access {
        case .anyone: return []
        case .user: return [session, token]
        case .browser, .operators: return [session]
        }
    }

    /// `GET /api/trends/{id}` is `get_api_trends_id`.
    private static func name(of endpoint: Endpoint) -> String {
        let words = endpoint.path.split { !$0.isLetter && !$0.isNumber }
        return ([endpoint.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }

    static func tag(of endpoint: Endpoint) -> String {
        let words = endpoint.path.split { !$0.isLetter && !$0.isNumber }
        return String((words.first == "api" ? words.dropFirst().first : words.first) ?? "")
    }
}

extension Endpoint {
    /// Of all its good answers.
    fileprivate var schemas: [Schema] {
        ([answer] + otherAnswers.values).compactMap { form in
            switch form {
            case .value(let schema, _), .bare(let schema, _): schema
            case .other, .file, .events: nil
            }
        }
    }
}

extension InputField {
    fileprivate var parameter: JSON {
        .object([
            "name": .text(name), "in": .text(place.rawValue), "required": .bool(isRequired),
            "description": .text(about), "example": example,
            "schema": place == .query ? schema.inQueries.json : schema.json,
        ])
    }
}

/// What a writing endpoint takes in its body.
private struct OpenAPIBody {
    private let fields: [InputField]
    private let file: FileTerms?

    init?(_ endpoint: Endpoint) {
        (fields, file) = (endpoint.fields.filter { $0.place == .body }, endpoint.file)
        if fields.isEmpty, file == nil { return nil }
    }

    var json: JSON {
        if let file { return Self.body(file) }
        let required = fields.filter(\.isRequired).map(\.name)
        let members = fields.map { (name: $0.name, schema: $0.schema.with("description", .text($0.about))) }
        let example = JSON.object(Dictionary(fields.map { ($0.name, $0.example) }) { first, _ in first })
        let asJSON = Schema.object(members, required: required).json
        let texts = zip(fields, members).map { field, member in
            (name: field.name, schema: field.takesEmpty ? member.schema.inForms.orEmpty : member.schema.inForms)
        }
        let typed = texts + [Self.next]
        let asForm = Schema.object(typed, required: required).json
        return .object([
            "required": .bool(!required.isEmpty),
            "content": .object([
                "application/json": .object(["schema": asJSON, "example": example]),
                "application/x-www-form-urlencoded": .object(["schema": asForm]),
            ]),
        ])
    }

    /// What every form may have besides.
    private static let next = (
        name: NextAddress.field,
        schema: Schema.text().with("description", .text("Where to go afterwards: a path of this site."))
    )

    /// Raw bytes have no schema of their own (OpenAPI 3.1.1, 4.8.14.2).
    private static func body(_ file: FileTerms) -> JSON {
        let media = file.place == .form ? form(file) : .object([:])
        return .object([
            "required": .bool(true), "description": .text(file.rule + "."),
            "content": .object(Dictionary(file.mediaTypes.map { ($0, media) }) { first, _ in first }),
        ])
    }

    /// What the file may be stands in the encoding of its part (4.8.14.5).
    private static func form(_ file: FileTerms) -> JSON {
        let bytes = Schema.text().with("contentMediaType", .text("application/octet-stream"))
            .with("description", .text(file.rule + "."))
        let members = [(name: file.field, schema: bytes), next]
        let types = JSON.object(["contentType": .text(file.types.joined(separator: ", "))])
        return .object([
            "schema": Schema.object(members, required: [file.field]).json, "encoding": .object([file.field: types]),
        ])
    }
}
