import Core
import Templates

/// Writes mails with the product's templates.
package struct MailWriter: MailRendering {
    private let templates: MailTemplates
    private let origin: String

    /// `origin` is the public address without a path.
    package init(templates: MailTemplates, origin: String) {
        (self.templates, self.origin) = (templates, origin)
    }

    package func mail(_ mail: AccountMail, to recipient: String) throws -> Mail {
        var letter = Letter(home: try absolute("/"))
        switch mail {
        case .confirmSignUp(let path), .confirmEmail(let path): letter.link = try absolute(path)
        case .resetPassword(let name, let path): (letter.name, letter.link) = (name, try absolute(path))
        case .alreadySignedUp(let name): (letter.name, letter.link) = (name, try absolute(Route.signIn.path))
        case .emailChanged(let name, let address): (letter.name, letter.address) = (name, address)
        case .passwordChanged(let name): (letter.name, letter.link) = (name, try absolute(Route.reset.path))
        case .accountDeleted(let name): letter.name = name
        case .emailTaken: break
        }
        let (subject, text, html) = templates.render(mail.templateName, letter)
        return Mail(to: recipient, subject: subject, text: text, html: html)
    }

    private func absolute(_ path: String) throws -> Link {
        guard let link = Link(origin + Link(path: path).text) else {
            throw ValidationError(field: "KAPTURE_URL", rule: "must be an address that links can begin with")
        }
        return link
    }
}
