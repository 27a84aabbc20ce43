import Core
import Templates

/// Every mail's two templates, `mails/<name>.txt` and `mails/<name>`. The first line of the text is the subject.
package struct MailTemplates: Sendable {
    private let texts: [String: Template<Letter>]
    private let pages: [String: Template<Letter>]

    /// Binds all of them, so that a mail that lacks one is an error at start.
    package init(library: TemplateLibrary) throws(TemplateFailure) {
        var (texts, pages): ([String: Template<Letter>], [String: Template<Letter>]) = ([:], [:])
        for name in AccountMail.templateNames {
            texts[name] = try library.bind("mails/\(name).txt", to: Letter.self)
            pages[name] = try library.bind("mails/\(name)", to: Letter.self)
        }
        (self.texts, self.pages) = (texts, pages)
    }

    func render(_ name: String, _ letter: Letter) -> (subject: String, text: String, html: String) {
        func rendered(_ template: Template<Letter>?) -> String {
            var bytes: [UInt8] = []
            template?.render(letter, into: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        let text = rendered(texts[name])
        let subject = String(text.prefix { $0 != "\n" })
        let body = text.dropFirst(subject.count).drop { $0 == "\n" }
        return (subject, String(body), rendered(pages[name]))
    }
}

extension AccountMail {
    static let templateNames = [
        "confirm-sign-up", "already-signed-up", "reset-password", "confirm-email", "email-taken", "email-changed",
        "password-changed", "account-deleted",
    ]

    var templateName: String {
        switch self {
        case .confirmSignUp: "confirm-sign-up"
        case .alreadySignedUp: "already-signed-up"
        case .resetPassword: "reset-password"
        case .confirmEmail: "confirm-email"
        case .emailTaken: "email-taken"
        case .emailChanged: "email-changed"
        case .passwordChanged: "password-changed"
        case .accountDeleted: "account-deleted"
        }
    }
}
