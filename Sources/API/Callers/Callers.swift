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
    func caller(of request: Request, for access: Access) async throws -> Caller? {
        switch access {
        case .anyone:
            return nil
        case .user(let scope):
            let caller = try await signedIn(request)
            guard caller.may(scope) else { throw APIFailure.missingScope(scope) }
            return caller
        case .browser:
            return try await inBrowser(request)
        case .operators:
            let caller = try await inBrowser(request)
            guard try await accounts.user(caller.userID)?.isOperator == true else { throw APIFailure.operatorOnly }
            return caller
        }
    }

    /// A bearer token decides alone: a bad one is refused even when a cookie is there too.
    private func signedIn(_ request: Request) async throws -> Caller {
        if let bearer = Self.bearer(request.headers) {
            for resolver in bearers {
                if let caller = try await resolver.caller(bearer: bearer) { return caller }
            }
            throw APIFailure.badToken
        }
        guard let session = try await sessions.session(request.headers[.cookie]) else { throw APIFailure.signInNeeded }
        return Caller(userID: session.userID, means: .session(session.id))
    }

    private func inBrowser(_ request: Request) async throws -> Caller {
        let caller = try await signedIn(request)
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
