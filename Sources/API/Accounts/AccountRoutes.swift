import Core
import HTTPTypes
import Hummingbird

/// Signing up, in and out, as forms and as JSON.
struct AccountRoutes: Sendable {
    let desk: AccountDesk
    let sessions: Sessions
    let rendering: any PageRendering

    var endpoints: [Endpoint] {
        [
            Endpoint(
                whole: .post, Route.signUpForm.path, "Makes an account and signs in.", Self.signedIn,
                describing: SignUpFields.self, signUp
            ).answering(.created).answering(.accepted, with: MailOnItsWay.self).failing(.conflict),
            Endpoint(
                whole: .post, Route.signInForm.path, "Signs in.", Self.signedIn, describing: SignInFields.self, signIn
            ).failing(.unauthorized),
            Endpoint(
                whole: .post, Route.signOutForm.path, "Ends the session.", Endpoint.form(of: SignedOut.self), signOut),
        ]
    }

    private static let signedIn = Endpoint.form(of: SignedIn.self)

    @Sendable func signUp(_ call: Call) async throws -> Response {
        let (request, visit) = (call.request, call.visit)
        let form = try await Submission.read(request, ["email", "password", "name", "code"])
        do {
            switch try await desk.signUp(form, from: visit.caller(request)) {
            case .done(let user): return try await welcome(user, form, request, status: .created)
            case .mailed: return try mailed(form)
            }
        } catch let problems as FormProblems {
            let needsCode = try await desk.firstAccountNeedsCode(visit.caller(request)) ?? false
            let again = PageAnswer.signUp(
                email: form["email"], name: form["name"], problems: problems.problems, needsCode: needsCode)
            return try refusal(problems, form, again)
        }
    }

    @Sendable func signIn(_ call: Call) async throws -> Response {
        let (request, visit) = (call.request, call.visit)
        let form = try await Submission.read(request, ["email", "password"])
        do {
            let user = try await desk.signIn(form, from: visit.caller(request))
            return try await welcome(user, form, request, status: .ok)
        } catch let problems as FormProblems {
            let next = NextAddress.validated(form["next"])
            let again = PageAnswer.signIn(email: form["email"], next: next, problems: problems.problems)
            return try refusal(problems, form, again)
        }
    }

    /// Needs no body. Ends the session and tells the browser to drop what it kept of the private pages.
    @Sendable func signOut(_ call: Call) async throws -> Response {
        let request = call.request
        try await sessions.close(request.headers[.cookie])
        let wantsJSON = request.headers[.contentType]?.hasPrefix("application/json") == true
        var response = Response.redirect(to: Route.landing.path, status: .seeOther)
        if wantsJSON { response = Reply(Answer(SignedOut())).response() }
        response.headers[.setCookie] = sessions.cookie.clearing
        response.headers[.clearSiteData] = "\"cache\""
        return response
    }

    private func welcome(
        _ user: User, _ form: Submission, _ request: Request, status: HTTPResponse.Status
    ) async throws -> Response {
        let token = try await sessions.open(for: user.id, request.headers)
        let next = NextAddress.validated(form["next"]) ?? NextAddress.fallback
        var response = Response.redirect(to: next, status: .seeOther)
        if !form.isForm { response = Reply(Answer(SignedIn(user: user), status: status)).response() }
        response.headers[.setCookie] = sessions.cookie.setting(token)
        return response
    }

    private func mailed(_ form: Submission) throws -> Response {
        guard !form.isForm else { return .redirect(to: Route.mailSent.path, status: .seeOther) }
        return Reply(Answer(MailOnItsWay(), status: .accepted)).response()
    }

    private func refusal(_ problems: FormProblems, _ form: Submission, _ again: PageAnswer) throws -> Response {
        guard form.isForm else { throw problems.failure }
        return HTMLAnswer.response(try rendering.render(again), status: problems.status)
    }
}

/// What signing in takes, for the document; `AccountDesk` reads and checks it.
private struct SignInFields: Input {
    init(_ reader: inout InputReader) {
        _ = reader.required("email", .emailText, "The account's address.")
        _ = reader.required("password", .secret(Password.length), "10 to 256 characters.")
    }
}

private struct SignUpFields: Input {
    init(_ reader: inout InputReader) {
        _ = SignInFields(&reader)
        _ = reader.optional("name", .personText, "What people call you.")
        _ = reader.optional(
            "code", .text(SetupCode.length).like(.text("ABCD-EFGH-JKLM")), "For the very first account.")
    }
}

extension Response {
    /// A redirect that nobody keeps. `address` is a path of this site.
    static func redirect(to address: String, status: HTTPResponse.Status) -> Response {
        Response(status: status, headers: [.location: address, .cacheControl: "no-store"])
    }
}
