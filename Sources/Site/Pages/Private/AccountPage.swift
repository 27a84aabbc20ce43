import Core
import Templates

/// Profile, address, password, sessions, tokens and the end of the account.
package struct AccountPage: Templated {
    let frame: SitePageFrame
    let picture: OwnForm
    /// One below the other, what is changed most first.
    let forms: [OwnForm]
    let sessions: [SessionRow]
    let tokens: [TokenRow]
    let newToken: OwnForm

    package init(frame: SitePageFrame, user: User, overview: AccountOverview) {
        self.frame = frame.showing("Account", at: .account)
        let hasPassword = overview.hasPassword
        forms = [
            OwnForm("profile", .profile(name: user.name ?? "", timeZone: user.timeZone), comesBack: true),
            OwnForm("email", .email("", hasPassword: hasPassword)),
            OwnForm("password", .password(hasOne: hasPassword), comesBack: true),
            OwnForm("deletion", .deletion(hasPassword: hasPassword)),
        ]
        picture = OwnForm("picture", .picture, comesBack: true)
        newToken = OwnForm("token", .token(name: "", scopes: []), comesBack: true)
        sessions = overview.sessions.map { SessionRow($0, isCurrent: $0.id == overview.current) }
        tokens = overview.tokens.map { TokenRow($0) }
    }

    package static var fields: Fields<AccountPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.one("picture") { $0.picture }
            Field.link("removal") { _ in Link(path: APIRoute.deletePicture.path) }
            Field.list("forms") { $0.forms }
            Field.list("sessions") { $0.sessions }
            Field.flag("hasTokens") { !$0.tokens.isEmpty }
            Field.list("tokens") { $0.tokens }
            Field.link("accountJS") { $0.frame.assets.accountJS }
            Field.one("newToken") { $0.newToken }
        }
    }
}

/// A form about an account among others on one page.
struct OwnForm: Templated {
    let id: String
    let words: AccountFormPage.Words
    let action: Link
    let sendsFile: Bool
    let inputs: [FormField]
    let choices: [AccountFormPage.Choice]
    /// Where it leads, unless that is for the API to say.
    let next: String?
    /// Whether its button destroys something.
    let isLast: Bool

    init(_ id: String, _ form: AccountForm, comesBack: Bool = false) {
        (self.id, words, action) = (id, form.words, Link(path: form.address.path))
        sendsFile = form.sendsFile
        (inputs, choices) = (form.inputs.map { $0.within(id) }, form.choices)
        next = comesBack ? Route.account.path : nil
        if case .deletion = form { isLast = true } else { isLast = false }
    }

    static var fields: Fields<OwnForm> {
        Fields {
            Field.text("id") { $0.id }
            Field.text("title") { $0.words.title }
            Field.text("intro") { $0.words.intro }
            Field.text("button") { $0.words.button }
            Field.link("action") { $0.action }
            Field.flag("sendsFile") { $0.sendsFile }
            Field.list("inputs") { $0.inputs }
            Field.flag("hasChoices") { !$0.choices.isEmpty }
            Field.list("choices") { $0.choices }
            Field.optionalText("next") { $0.next }
            Field.flag("isLast") { $0.isLast }
        }
    }
}

/// A browser in which the user is signed in.
struct SessionRow: Templated {
    let name: String
    let seen: Moment
    let isCurrent: Bool
    let end: Link

    init(_ session: Session, isCurrent: Bool) {
        name = BrowserName.of(session.userAgent)
        (seen, self.isCurrent) = (Moment(session.seenAt), isCurrent)
        end = Link(path: APIRoute.deleteSession(session.id).path)
    }

    static var fields: Fields<SessionRow> {
        Fields {
            Field.text("name") { $0.name }
            Field.one("seen") { $0.seen }
            Field.flag("isCurrent") { $0.isCurrent }
            Field.link("end") { $0.end }
        }
    }
}

/// A personal token, without its text.
struct TokenRow: Templated {
    let name: String
    let scopes: String
    let used: Moment?
    let expiry: Moment?
    let revoke: Link

    init(_ token: APIToken) {
        name = token.name.visibleLine(100) ?? "Token"
        scopes = TokenScope.allCases.filter(token.scopes.contains).map(\.ability).joined(separator: ", ")
        (used, expiry) = (token.lastUsedAt.map { Moment($0) }, token.expiresAt.map { Moment($0) })
        revoke = Link(path: APIRoute.deleteToken(token.id).path)
    }

    static var fields: Fields<TokenRow> {
        Fields {
            Field.text("name") { $0.name }
            Field.text("scopes") { $0.scopes }
            Field.optional("used") { $0.used }
            Field.optional("expiry") { $0.expiry }
            Field.link("revoke") { $0.revoke }
        }
    }
}
