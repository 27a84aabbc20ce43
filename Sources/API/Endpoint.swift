import Core
import HTTPTypes
import Hummingbird

/// One method of one address: who may use it, what it takes and answers, and who answers it.
///
/// The router and the OpenAPI document are both made of these, so that neither knows a route that the other does not.
struct Endpoint: Sendable {
    typealias Perform = @Sendable (Call, RawInput) async throws -> Reply

    let method: HTTPRequest.Method
    /// With names in braces: `/api/trends/{id}`.
    let path: String
    let access: Access
    /// A sentence for people.
    let summary: String
    /// Every field of path, query and body.
    let fields: [InputField]
    let answer: AnswerForm
    /// How it can end well.
    private(set) var statuses: [HTTPResponse.Status] = [.ok]
    /// Answers of another form, by their status.
    private(set) var otherAnswers: [HTTPResponse.Status: AnswerForm] = [:]
    /// Whether a browser's form sees a page at once when all is well.
    private(set) var showsPage = false
    /// Its own failures, besides those that follow from the rest.
    private(set) var failures: [FailureCode] = []
    /// Largest body in bytes; `nil` when the handler reads the body itself, or there is none to read.
    private(set) var bodyLimit: Int?
    /// What it takes instead of fields.
    private(set) var file: FileTerms?
    /// The page that a browser gets again when its form was wrong; without one, the failure page.
    private(set) var page: (@Sendable (WrongForm, Call) async throws -> PageAnswer?)?
    let perform: Perform

    /// A successful answer, as the document tells it.
    enum AnswerForm: Sendable {
        /// The envelope around a value.
        case value(Schema, example: JSON)
        /// A value without the envelope.
        case bare(Schema, example: JSON)
        /// Something else, by its media type.
        case other(String)
        /// A file of one of these types.
        case file([String])
        /// Server-sent events: what they mean, and one as an example.
        case events(String, example: String)
    }

    /// For signed-in people: the handler is given who they are.
    init<In: Input, Out>(
        _ method: HTTPRequest.Method, _ route: APIRoute, _ access: Access, _ summary: String,
        _ handle: @escaping @Sendable (In, Caller) async throws -> Answer<Out>
    ) {
        self.init(method, route.path, (access, summary), In.self, Self.form(of: Out.self)) { call, raw in
            guard let caller = call.caller else { throw APIFailure.signInNeeded }
            return Reply(try await handle(try InputReader.read(In.self, from: raw), caller))
        }
    }

    /// For signed-in people, with the request itself: where sessions begin or end.
    init<In: Input, Out>(
        calling method: HTTPRequest.Method, _ route: APIRoute, _ access: Access, _ summary: String,
        _ handle: @escaping @Sendable (In, Caller, Call) async throws -> Answer<Out>
    ) {
        self.init(method, route.path, (access, summary), In.self, Self.form(of: Out.self)) { call, raw in
            guard let caller = call.caller else { throw APIFailure.signInNeeded }
            return Reply(try await handle(try InputReader.read(In.self, from: raw), caller, call))
        }
    }

    /// For anyone.
    init<In: Input, Out>(
        anyone method: HTTPRequest.Method, _ route: APIRoute, _ summary: String,
        _ handle: @escaping @Sendable (In, Call) async throws -> Answer<Out>
    ) {
        self.init(method, route.path, (.anyone, summary), In.self, Self.form(of: Out.self)) { call, raw in
            Reply(try await handle(try InputReader.read(In.self, from: raw), call))
        }
    }

    /// For signed-in people, with one file instead of fields.
    init<Out>(
        _ method: HTTPRequest.Method, _ route: APIRoute, _ access: Access, _ summary: String, taking file: FileTerms,
        _ handle: @escaping @Sendable ([UInt8], Caller) async throws -> Answer<Out>
    ) {
        self.init(method, route.path, (access, summary), NoInput.self, Self.form(of: Out.self)) { call, raw in
            guard let caller = call.caller, case .file(let taken) = raw.body else { throw APIFailure.signInNeeded }
            _ = try InputReader.read(NoInput.self, from: raw)
            return Reply(try await handle(try taken.bytes.get(), caller))
        }
        (self.file, bodyLimit) = (file, nil)
    }

    /// With a handler that reads its request and makes its response itself: streams, files, sign-in. `describing` only
    /// tells the document what it takes.
    init<In: Input>(
        whole method: HTTPRequest.Method, _ path: String, for access: Access = .anyone, _ summary: String,
        _ answer: AnswerForm, describing: In.Type = NoInput.self,
        _ handle: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.init(method, path, (access, summary), describing, answer) { call, _ in Reply(try await handle(call)) }
        bodyLimit = nil
    }

    private init<In: Input>(
        _ method: HTTPRequest.Method, _ path: String, _ terms: (access: Access, summary: String), _ input: In.Type,
        _ answer: AnswerForm, perform: @escaping Perform
    ) {
        (self.method, self.path, access, summary) = (method, path, terms.access, terms.summary)
        (fields, self.answer, self.perform) = (InputReader.fields(of: input), answer, perform)
        bodyLimit = method == .get ? nil : APISettings.bodyLimit
    }

    static func form<Out: Described>(of type: Out.Type) -> AnswerForm {
        .value(Out.shape.schema, example: Out.shape.example)
    }
}

extension Endpoint {
    /// Whether it changes anything.
    var isWriting: Bool { method != .get }

    /// Ends well with these instead of 200.
    func answering(_ statuses: HTTPResponse.Status...) -> Endpoint {
        var endpoint = self
        endpoint.statuses = statuses
        return endpoint
    }

    /// May also end well with another status and another answer.
    func answering<Out: Described>(_ status: HTTPResponse.Status, with type: Out.Type) -> Endpoint {
        var endpoint = self
        endpoint.otherAnswers[status] = Self.form(of: type)
        return endpoint
    }

    /// May also answer with a page of another status.
    func answering(pageWith status: HTTPResponse.Status) -> Endpoint {
        var endpoint = self
        endpoint.otherAnswers[status] = .other("text/html")
        return endpoint
    }

    /// Shows a form's result on a page of its own.
    func showing() -> Endpoint {
        var endpoint = self
        endpoint.showsPage = true
        return endpoint
    }

    /// Adds failures of its own to the document.
    func failing(_ codes: FailureCode...) -> Endpoint {
        var endpoint = self
        endpoint.failures += codes
        return endpoint
    }

    /// Takes bodies of so many bytes.
    func taking(_ bytes: Int) -> Endpoint {
        var endpoint = self
        endpoint.bodyLimit = bytes
        return endpoint
    }

    /// A wrong form is answered with this page (422), filled in with what was typed.
    func again(_ page: @escaping @Sendable (WrongForm, Call) async throws -> PageAnswer?) -> Endpoint {
        var endpoint = self
        endpoint.page = page
        return endpoint
    }
}

/// One request to an endpoint, once it is known who asks.
struct Call: Sendable {
    let request: Request
    let visit: Visit
    let endpoint: Endpoint
    /// `nil` where anyone may ask.
    let caller: Caller?
}

/// A form that has to be filled in again.
struct WrongForm: Sendable {
    let fields: [String: [String]]
    /// Why it could not be taken.
    let cause: any Error
    let problems: [ValidationError]

    /// What was typed; empty when nothing was.
    subscript(name: String) -> String { fields[name]?.first ?? "" }
}
