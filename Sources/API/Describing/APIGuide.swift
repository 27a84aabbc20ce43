import Core
import HTTPTypes

/// The OpenAPI document for people: the Markdown of `/help/api/`, made of the same endpoints.
struct APIGuide {
    let endpoints: [Endpoint]
    /// The public address.
    let server: String
    /// Requests a minute; `nil` is any number.
    let rateLimit: Int?

    static let slug = "api"

    func page() throws(ValidationError) -> ContentPage {
        let heading = ContentPage.Heading(
            title: "API", description: "Everything the pages do, for your own programs: every route with examples.",
            order: 90)
        return try ContentPage(group: .help, slug: Self.slug, heading: heading, bodyMarkdown: markdown)
    }

    var markdown: String {
        ([introduction]
            + groups.map { group in
                "# \(group.name)\n\n" + group.endpoints.map { EndpointGuide($0, server: server).markdown }.joined()
            }).joined(separator: "\n")
    }

    /// Resources in order of name; what is no route of the API stands last.
    private var groups: [(name: String, endpoints: [Endpoint])] {
        let others = "Pages and operation"
        let grouped = Dictionary(grouping: endpoints) { endpoint in
            endpoint.path.hasPrefix("/api/") ? OpenAPIDocument.tag(of: endpoint) : others
        }
        let names = grouped.keys.filter { $0 != others }.sorted() + (grouped[others] == nil ? [] : [others])
        return names.map { name in
            (name, (grouped[name] ?? []).sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) })
        }
    }

    private var introduction: String {
        """
        The same routes serve the site's forms and your programs. Programs that read descriptions find all of this as \
        [OpenAPI 3.1](\(APIRoute.openAPI.path)).

        # Signing in

        Make a token in [Settings](/settings/) with the scopes that your program needs, and send it with every request:

            curl -H 'Authorization: Bearer kap_…' \(server)/api/trends

        What says "signed-in browser" below cannot be done with a token. Requests without a token that change something \
        must come from a page of this site.

        # Answers

        JSON in, JSON out. Answers are `{"success": true, "data": …}`, lists with `meta.pagination` (`page`, `limit`, \
        `total`, `totalPages`), and what counts against a plan with `meta.usage`. Send `Content-Type: application/json`; \
        unknown fields and parameters are refused by name. Times are UTC, such as `2026-11-01T09:00:00Z`.

        # Errors

        Everything else is `{"success": false, "error": {"code", "message", "details", "request_id"}}`; `details` names \
        each field that is wrong and its rule. Tell us the `request_id` when you ask about a failure.

        | Code | Status | Meaning |
        |---|---|---|
        \(errors)

        # Limits

        \(limits)

        """
    }

    private var errors: String {
        FailureCode.allCases.map { "| `\($0.rawValue)` | \($0.status.code) | \($0.title) |" }.joined(separator: "\n")
    }

    private var limits: String {
        let count = rateLimit.map {
            "A user, a token or an address may make \(Figures.exact(Int64($0))) requests a minute. `RateLimit` says how "
                + "many are left; after that the answer is 429 with `Retry-After`."
        }
        return (count ?? "Requests are not counted here.")
            + " A body holds at most \(APISettings.bodyLimit / 1024) KiB, that of an ideaboard 1 MiB, a picture \(Picture.byteLimit / 1024) KiB."
    }
}

/// What the guide says of one route.
private struct EndpointGuide {
    private let endpoint: Endpoint
    private let server: String

    init(_ endpoint: Endpoint, server: String) {
        (self.endpoint, self.server) = (endpoint, server)
    }

    var markdown: String {
        let parts = [
            "## \(endpoint.method.rawValue) \(endpoint.path)", "\(endpoint.summary) \(who)", fields, request, answer,
            "Can fail with \(failures).",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n\n"
    }

    private var who: String {
        switch endpoint.access {
        case .anyone: "For anyone."
        case .user(let scope): "Scope `\(scope.rawValue)`."
        case .browser: "Signed-in browser."
        case .operators: "The operator's signed-in browser."
        }
    }

    private var fields: String {
        if let file = endpoint.file { return Self.text(file) }
        return endpoint.fields.map { field in
            let need = field.isRequired ? "" : ", optional"
            let about = field.about.isEmpty ? "" : ": \(field.about)"
            return
                "- `\(field.name)` in the \(field.place.rawValue) – \(SchemaWords.of(field.schema.json))\(need)\(about)"
        }.joined(separator: "\n")
    }

    /// Of a body only what must be there, or the first that may.
    private var request: String {
        let body = endpoint.fields.filter { $0.place == .body }
        let shown = body.contains(where: \.isRequired) ? body.filter(\.isRequired) : Array(body.prefix(1))
        guard endpoint.isWriting, !shown.isEmpty else { return "" }
        var writer = JSONWriter()
        writer.value(.object(Dictionary(shown.map { ($0.name, $0.example) }) { first, _ in first }))
        return Self.code(
            "\(endpoint.method.rawValue) \(endpoint.path)\n" + String(decoding: writer.bytes, as: UTF8.self))
    }

    private var answer: String {
        let codes = endpoint.statuses.map { "\($0.code)" }.joined(separator: " or ")
        switch endpoint.answer {
        case .value(_, let example): return "Answers \(codes) with `data`:\n\n" + Self.code(PlainJSON.text(example))
        case .bare(_, let example): return "Answers \(codes):\n\n" + Self.code(PlainJSON.text(example))
        case .other(let type): return "Answers \(codes) with `\(type)`."
        case .file(let types): return "Answers \(codes) with \(Self.list(types))."
        case .events(let about, let example): return "Answers \(codes) with a stream. \(about)\n\n" + Self.code(example)
        }
    }

    private var failures: String {
        OpenAPIFailures.codes(of: endpoint).map { "`\($0.rawValue)`" }.joined(separator: ", ")
    }

    private static func text(_ file: FileTerms) -> String {
        let place = file.place == .form ? "`\(file.field)` in a form" : "the body"
        return "- \(place) as \(list(file.mediaTypes)) – \(file.rule)"
    }

    private static func list(_ types: [String]) -> String { types.map { "`\($0)`" }.joined(separator: ", ") }

    private static func code(_ text: String) -> String { "```\n\(text)\n```" }
}
