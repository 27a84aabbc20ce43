import Core
import TestSupport
import Testing

@testable import Site

@Suite("Account forms")
struct AccountFormTests {
    static let all: [(AccountForm, inputs: [String])] = [
        (.requestReset(email: "a@b"), ["email"]), (.newPassword(token: "t"), ["password"]),
        (.confirmSignUp(token: "t", email: "a@b"), ["password"]), (.confirmEmail(token: "t", email: "a@b"), []),
        (.password(hasOne: true), ["current_password", "password"]), (.password(hasOne: false), ["password"]),
        (.email("a@b", hasPassword: true), ["email", "current_password"]), (.email("", hasPassword: false), ["email"]),
        (.profile(name: "M", timeZone: "UTC"), ["name", "time_zone"]), (.picture, ["picture"]),
        (.deletion(hasPassword: true), ["current_password"]),
        (.deletion(hasPassword: false), []), (.token(name: "n", scopes: []), ["name"]),
    ]

    @Test("post to the API, ask for what it takes, and say what they do", arguments: all)
    func page(form: AccountForm, inputs: [String]) throws {
        let templates = try PageFixture.templates()
        let frame = PublicPageFrame(assets: PageFixture.assets, legal: [])

        let text = templates.accountForm.text(AccountFormPage(frame: frame, form))

        #expect(text.contains(#"method="post" action="\#(form.address.path)""#))
        let named = text.matches(of: /<input id="([a-z_]+)"/).map { String($0.1) }
        #expect(named == inputs)
        #expect(text.contains("<h1>\(form.words.title)</h1>"))
        #expect(!form.words.intro.isEmpty && !form.words.button.isEmpty)
    }

    @Test("carry the token of a mail's link, and never a password")
    func hidden() throws {
        let templates = try PageFixture.templates()
        let frame = PublicPageFrame(assets: PageFixture.assets, legal: [])

        for form in [AccountForm.newPassword(token: "t0k\"en"), .confirmSignUp(token: "t0k\"en", email: "a@b")] {
            let text = templates.accountForm.text(AccountFormPage(frame: frame, form))
            #expect(text.contains(#"<input type="hidden" name="token" value="t0k&quot;en">"#))
            #expect(text.contains(#"type="password" value="""#))
        }
    }

    @Test("show what is wrong beside the field")
    func problems() throws {
        let frame = PublicPageFrame(assets: PageFixture.assets, legal: [])
        let problem = ValidationError(field: "time_zone", rule: "must be a time zone")

        let page = AccountFormPage(frame: frame, .profile(name: "<b>", timeZone: "Mars"), problems: [problem])
        let text = try PageFixture.templates().accountForm.text(page)

        #expect(text.contains("Time zone must be a time zone."))
        #expect(text.contains(#"value="Mars""#) && text.contains(#"value="&lt;b&gt;""#))
    }
}
