import Core
import HTTPTypes
import Hummingbird

/// Signing in through somebody else who vouches for people.
struct IssuerRoutes: Sendable {
    /// `nil` where nobody else is asked.
    let desk: IssuerDesk?
    let accounts: any AccountStoring
    let sessions: Sessions
    let settings: APISettings
    private let cookie: FlowCookie

    init(desk: IssuerDesk?, accounts: any AccountStoring, sessions: Sessions, settings: APISettings) {
        (self.desk, self.accounts, self.sessions, self.settings) = (desk, accounts, sessions, settings)
        cookie = FlowCookie(isSecure: settings.publicURL.isSecure)
    }

    var endpoints: [Endpoint] {
        [
            Endpoint(
                whole: .get, APIRoute.issuer.path, "Leads to the pages of the issuer.", .other("text/html"),
                describing: NextInput.self, begin
            ).answering(.seeOther).failing(.notFound, .externalService),
            Endpoint(
                whole: .get, APIRoute.issuerCallback.path, "Where the issuer sends a browser back to.",
                .other("text/html"), describing: CallbackInput.self, finish
            ).answering(.seeOther).failing(.notFound, .unauthorized, .forbidden, .externalService),
            Endpoint(anyone: .post, .sync, "Takes a token of the issuer, as cookie or bearer, and signs in.", sync)
                .failing(.notFound, .unauthorized, .forbidden, .externalService),
        ]
    }

    // MARK: Through its pages

    /// Changes nothing: what must be remembered goes into a cookie.
    @Sendable func begin(_ call: Call) async throws -> Response {
        guard let signIn = desk?.signIn else { throw Self.off }
        let flow = SignInFlow(next: NextAddress.asked(in: call.request.uri.query), now: settings.now())
        var response = Response.redirect(to: try await signIn.address(of: flow), status: .seeOther)
        response.headers[.setCookie] = cookie.setting(try flow.sealed(with: settings.serverKey))
        return response
    }

    /// Only the browser that began can finish, and only once.
    @Sendable func finish(_ call: Call) async throws -> Response {
        guard let desk, let signIn = desk.signIn else { throw Self.off }
        let fields = try FormText.fields(Array((call.request.uri.query ?? "").utf8))
        let state = fields["state"] ?? ""
        let sealed = cookie.values(in: call.request.headers[.cookie])
        let flows = sealed.compactMap { SignInFlow($0, key: settings.serverKey, now: settings.now()) }
        let flow = flows.first { ConstantTime.equal(Array($0.state.utf8), Array(state.utf8)) }
        guard let flow, try await desk.spend(flow) else { throw Self.notBegunHere }
        let callback = IssuerSignIn.Callback(
            state: state, code: fields["code"], error: fields["error"], issuer: fields["iss"])
        let user = try await proven(call) { try await desk.user(of: try await signIn.claims(for: callback, flow)) }
        let token = try await sessions.open(for: user, call.request.headers)
        var response = Response.redirect(to: flow.next ?? NextAddress.fallback, status: .seeOther)
        response.headers[values: .setCookie] = [sessions.cookie.setting(token), cookie.clearing]
        return response
    }

    // MARK: By a token

    @Sendable func sync(_ input: NoInput, _ call: Call) async throws -> Answer<Account> {
        guard let desk else { throw Self.off }
        let user = try await proven(call) { try await desk.user(of: try await claims(call.request.headers, desk)) }
        let account = try await account(user)
        let token = try await sessions.open(for: user, call.request.headers)
        var answer = Answer(account, page: .dashboard)
        answer.headers[.setCookie] = sessions.cookie.setting(token)
        return answer
    }

    private func account(_ user: UserID) async throws -> Account {
        guard let known = try await accounts.user(user) else { throw APIFailure.signInNeeded }
        let password = try await accounts.password(of: user)
        return Account(user: known, hasPassword: password != nil)
    }

    /// A bearer token decides alone; else the first of Clerk's cookies that is valid.
    private func claims(_ headers: HTTPFields, _ desk: IssuerDesk) async throws -> TokenClaims {
        if let bearer = Callers.bearer(headers) { return try await desk.verifier.sessionClaims(bearer) }
        let tokens = CookieHeader.values(headers[.cookie]) { $0 == "__session" || $0.hasPrefix("__session_") }
        var refusal = TokenRefusal.malformed
        for token in tokens.prefix(4) {
            do {
                return try await desk.verifier.sessionClaims(token)
            } catch let refused as TokenRefusal {
                refusal = refused
            }
        }
        throw refusal
    }

    // MARK: Failures

    /// Why a token was refused stands in the log alone.
    private func proven<Value>(_ call: Call, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let refusal as TokenRefusal {
            call.visit.logger.notice("Token refused", metadata: ["reason": "\(refusal.rawValue)"])
            throw APIFailure(
                code: .unauthorized, message: "This token is not valid here. Sign in again.",
                headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#])
        }
    }

    private static let off = APIFailure(
        code: .notFound, message: "Signing in elsewhere is off here. KAPTURE_OIDC_ISSUER turns it on.")
    private static let notBegunHere = APIFailure(
        code: .forbidden,
        message: "This sign-in was not begun in this browser, took longer than ten minutes, or was used. Begin again.")
}

private struct NextInput: Input {
    init(_ reader: inout InputReader) {
        _ = reader.query("next", .text(1...1024).like(.text("/dashboard/")), "The page to show afterwards.")
    }
}

private struct CallbackInput: Input {
    init(_ reader: inout InputReader) {
        _ = reader.query("state", .text(1...1024), "As it was sent.")
        _ = reader.query("code", .text(1...4096), "What the issuer gives for signing in.")
        _ = reader.query("error", .text(1...1024), "Why it did not.")
        _ = reader.query("iss", .text(1...1024), "The issuer.")
    }
}
