import Core
import HTTPTypes
import Hummingbird

/// Finds out who is asking, and whether they may.
struct Callers: Sendable {
    let sessions: Sessions
    let accounts: any AccountStoring
    /// Asked in this order; the first that knows the token decides.
    let bearers: [any BearerResolving]

    /// The caller that the route wants: `nil` only where anyone may.
    /// `notes` are those of the request; who was found out before is not looked up again.
    func caller(
        of request: Request, for access: Access, _ notes: VisitNotes = VisitNotes()
    ) async throws -> Caller? {
        switch access {
        case .anyone:
            return nil
        case .user(let scope):
            let caller = try await required(request, notes)
            guard caller.may(scope) else { throw APIFailure.missingScope(scope) }
            return caller
        case .browser:
            return try await inBrowser(request, notes)
        case .operators:
            let caller = try await inBrowser(request, notes)
            guard try await accounts.user(caller.userID)?.isOperator == true else { throw APIFailure.operatorOnly }
            return caller
        }
    }

    /// Who is asking, whatever the route wants; `nil` when nobody is signed in. A bearer token decides alone: a bad one
    /// is refused even when a cookie is there too.
    func signedIn(_ request: Request, _ notes: VisitNotes) async throws -> Caller? {
        if let known = notes.caller { return known }
        let caller = try await found(request)
        notes.caller = caller
        return caller
    }

    private func found(_ request: Request) async throws -> Caller? {
        if let bearer = Self.bearer(request.headers) {
            for resolver in bearers {
                if let caller = try await resolver.caller(bearer: bearer) { return caller }
            }
            throw APIFailure.badToken
        }
        guard let session = try await sessions.session(request.headers[.cookie]) else { return nil }
        return Caller(userID: session.userID, means: .session(session.id))
    }

    private func required(_ request: Request, _ notes: VisitNotes) async throws -> Caller {
        guard let caller = try await signedIn(request, notes) else { throw APIFailure.signInNeeded }
        return caller
    }

    private func inBrowser(_ request: Request, _ notes: VisitNotes) async throws -> Caller {
        let caller = try await required(request, notes)
        guard caller.isBrowser else { throw APIFailure.browserOnly }
        return caller
    }

    /// The token of an `Authorization: Bearer` field, empty where it names none; `nil` when there is no such field.
    static func bearer(_ headers: HTTPFields) -> String? {
        guard let field = headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.first?.lowercased() == "bearer" else { return nil }
        return parts.count > 1 ? FieldText.trimmed(String(parts[1])) : ""
    }
}
