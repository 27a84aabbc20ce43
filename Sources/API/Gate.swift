import Core
import HTTPTypes
import Hummingbird

/// Works around every call of an endpoint, once it is known who asks and before its input is looked at.
protocol CallMiddleware: Sendable {
    func reply(to call: Call, next: (Call) async throws -> Reply) async throws -> Reply
}

/// The way from a request to an endpoint's handler and back.
struct Gate: Sendable {
    let callers: Callers
    /// The first is the outermost. Limits and quotas come before publishing.
    let middleware: [any CallMiddleware]
    let rendering: any PageRendering

    func answer(_ request: Request, _ visit: Visit, _ endpoint: Endpoint) async throws -> Response {
        let caller = try await callers.caller(of: request, for: endpoint.access, visit.notes)
        let call = Call(request: request, visit: visit, endpoint: endpoint, caller: caller)
        do {
            let reply = try await pass(call, middleware[...])
            guard reply.form != nil, let shown = reply.shown else { return reply.response() }
            return HTMLAnswer.response(try rendering.render(shown), status: reply.status)
        } catch let again as FormAgain {
            return HTMLAnswer.response(try rendering.render(again.page), status: again.status)
        }
    }

    private func pass(_ call: Call, _ rest: ArraySlice<any CallMiddleware>) async throws -> Reply {
        guard let first = rest.first else { return try await handle(call) }
        return try await first.reply(to: call) { try await pass($0, rest.dropFirst()) }
    }

    private func handle(_ call: Call) async throws -> Reply {
        let raw = try await RawInput.read(
            call.request, call.visit, bodyLimit: call.endpoint.bodyLimit, file: call.endpoint.file)
        guard let fields = raw.form else { return try await call.endpoint.perform(call, raw) }
        do {
            var reply = try await call.endpoint.perform(call, raw)
            reply.form = Reply.Form(next: NextAddress.validated(fields[NextAddress.field]?.first))
            return reply
        } catch {
            guard let (problems, status) = Self.refusal(error) else { throw error }
            let wrong = WrongForm(fields: fields, cause: error, problems: problems)
            guard let page = try await call.endpoint.page?(wrong, call) else { throw error }
            throw FormAgain(page: page, status: status)
        }
    }

    /// What is wrong with the fields, and the status that says so; `nil` when that is not the trouble.
    private static func refusal(_ error: any Error) -> (problems: [ValidationError], status: HTTPResponse.Status)? {
        switch error {
        case is IdeaboardConflict: ([], .conflict)
        case let failure as APIFailure where failure.code == .validation: (failure.details, .unprocessableContent)
        case let failure as APIFailure where !failure.details.isEmpty: (failure.details, failure.status)
        case let problem as ValidationError: ([problem], .unprocessableContent)
        default: nil
        }
    }
}

private struct FormAgain: Error {
    let page: PageAnswer
    let status: HTTPResponse.Status
}
