import Core
import HTTPTypes
import Hummingbird

/// Links that come by mail: asking for one, the pages behind them, and what their buttons do. Opening a page changes
/// nothing, since mail programs open links to look at them.
struct LinkRoutes: Sendable {
    let desk: LinkDesk
    let accounts: any AccountStoring & MailLinkStoring
    let passwords: Passwords
    let sessions: Sessions
    let rendering: any PageRendering

    var endpoints: [Endpoint] {
        [
            Endpoint(anyone: .post, .reset, "Asks for a mail with a link to a new password.", requestReset)
                .answering(.accepted).again { wrong, _ in .account(.requestReset(email: wrong["email"]), wrong) },
            Endpoint(anyone: .post, .confirmReset, "Sets the password that the link is for, and signs in.", reset)
                .failing(.notFound)
                .again { wrong, _ in .account(.newPassword(token: wrong["token"]), wrong) },
            Endpoint(
                anyone: .post, .confirm, "Does what a link is for: makes the account, or changes its address.", confirm
            )
            .answering(.ok, .created).failing(.notFound, .conflict, .unauthorized)
            .again { wrong, _ in try await again(wrong) },
            page(.resetLink(token: "{token}"), "The page behind a link to a new password.", showReset),
            page(.confirmLink(token: "{token}"), "The page behind a link that confirms an address.", showConfirm),
        ]
    }

    private func page(
        _ route: Route, _ summary: String, _ handle: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        // The router matches with the slash at the end and without.
        Endpoint(
            whole: .get, String(route.path.dropLast()), summary, .other("text/html"), describing: LinkTokenInput.self,
            handle
        )
        .answering(.ok, .seeOther).failing(.notFound, .forbidden)
    }

    // MARK: A new password

    @Sendable func requestReset(_ input: EmailInput, _ call: Call) async throws -> Answer<MailOnItsWay> {
        if let email = input.email { try await desk.request(.resetPassword, to: email, from: call.visit.clientName) }
        return Answer(MailOnItsWay(), status: .accepted, page: .mailSent)
    }

    @Sendable func showReset(_ call: Call) async throws -> Response {
        let token = call.visit.parameters.get("token") ?? ""
        guard try await desk.link(token).link.purpose == .resetPassword else { throw LinkDesk.deadLink }
        return try show(.newPassword(token: token))
    }

    @Sendable func reset(_ input: ResetInput, _ call: Call) async throws -> Answer<Account> {
        let (link, digest) = try await desk.link(input.token)
        let user = try await desk.owner(of: link)
        guard let password = input.password else { throw LinkDesk.deadLink }
        let hash = try await passwords.hash(password)
        let token = SessionToken.random()
        let fresh = sessions.make(for: user.id, under: token, call.request.headers)
        let outcome = try await accounts.completeReset(
            tokenDigest: digest, password: hash, starting: fresh, now: desk.now())
        _ = try LinkDesk.done(outcome)
        sessions.forget(of: user.id)
        return try await welcome(user.id, token, .ok)
    }

    // MARK: An address

    @Sendable func showConfirm(_ call: Call) async throws -> Response {
        let token = call.visit.parameters.get("token") ?? ""
        let link = try await desk.link(token).link
        switch link.purpose {
        case .signUp: return try show(.confirmSignUp(token: token, email: link.email))
        case .resetPassword: throw LinkDesk.deadLink
        case .changeEmail(let user):
            guard let session = try await sessions.session(call.request.headers[.cookie]) else {
                let here = PageRequest(call.request)
                return .redirect(to: NextAddress.signIn(for: here), status: .seeOther)
            }
            guard session.userID == user else { throw Self.otherUser }
            return try show(.confirmEmail(token: token, email: link.email))
        }
    }

    @Sendable func confirm(_ input: ConfirmInput, _ call: Call) async throws -> Answer<Account> {
        let (link, digest) = try await desk.link(input.token)
        switch link.purpose {
        case .signUp:
            let user = try await desk.signUp(link, digest, input.password)
            let token = try await sessions.open(for: user, call.request.headers)
            return try await welcome(user, token, .created)
        case .resetPassword: throw LinkDesk.deadLink
        case .changeEmail(let user):
            guard let session = try await sessions.session(call.request.headers[.cookie]) else {
                throw APIFailure.signInNeeded
            }
            guard session.userID == user else { throw Self.otherUser }
            let outcome = try await accounts.completeEmailChange(tokenDigest: digest, by: user, now: desk.now())
            let change = try LinkDesk.done(outcome)
            return Answer(try await account(user), change: change, page: .settings)
        }
    }

    /// The page behind the link, again.
    private func again(_ wrong: WrongForm) async throws -> PageAnswer {
        let token = wrong["token"]
        let link = try await desk.link(token).link
        guard case .signUp = link.purpose else {
            return .account(.confirmEmail(token: token, email: link.email), wrong)
        }
        return .account(.confirmSignUp(token: token, email: link.email), wrong)
    }

    // MARK: Answers

    private static let otherUser = APIFailure(
        code: .forbidden, message: "This link belongs to another account. Sign in to that one, and open it again.")

    private func show(_ form: AccountForm) throws -> Response {
        var response = HTMLAnswer.response(try rendering.render(.account(form, problems: [])), status: .ok)
        // The address is a key: no other page learns it.
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }

    private func welcome(
        _ user: UserID, _ token: SessionToken, _ status: HTTPResponse.Status
    ) async throws -> Answer<Account> {
        var answer = Answer(try await account(user), status: status, page: .dashboard)
        answer.headers[.setCookie] = sessions.cookie.setting(token)
        return answer
    }

    private func account(_ user: UserID) async throws -> Account {
        guard let known = try await accounts.user(user) else { throw APIFailure.signInNeeded }
        return Account(user: known, hasPassword: try await passwords.hasOne(user))
    }
}

private struct LinkTokenInput: Input {
    init(_ reader: inout InputReader) {
        _ = reader.path("token", .linkToken, "As the mail has it.")
    }
}
