import API
import Configuration
import Core
import Outbound

/// What an operator sets about accounts: all of it is off until its key is set.
struct AccountSettings: Sendable {
    struct Mail: Sendable, Hashable {
        let server: MailServer
        let sender: Mailbox
    }

    /// Without it no mail is sent: sign-up is not confirmed, passwords are not reset.
    let mail: Mail?
    /// Who else vouches for people.
    let issuer: IssuerSettings?
    /// What Clerk signs its events with.
    let clerkKey: StandardWebhookKey?

    /// What the button of the sign-in page calls the issuer; `nil` where there is no button.
    var buttonName: String? { issuer?.client == nil ? nil : issuer?.name }

    init(_ reader: SettingReader, publicURL: PublicAddress) throws(ValidationError) {
        func text(_ key: ConfigKey, isSecret: Bool = false) -> String? {
            let value = reader.string(forKey: key, isSecret: isSecret) ?? ""
            return value.isEmpty ? nil : value
        }
        // All are read first: the reader notes which there are.
        let (server, sender) = (text("kapture.smtp.url", isSecret: true), text("kapture.mail.from"))
        let (address, name) = (text("kapture.oidc.issuer"), text("kapture.oidc.name"))
        let (id, secret) = (text("kapture.oidc.client.id"), text("kapture.oidc.client.secret", isSecret: true))
        let others = (text("kapture.oidc.origins") ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        let clerk = text("kapture.clerk.webhook.secret", isSecret: true)
        mail = try Self.mail(server, sender)
        issuer = try address.map { address throws(ValidationError) in
            try IssuerSettings(
                issuer: address, client: id.map { .init(id: $0, secret: secret) },
                parties: Set(others + [publicURL.origin]), name: name)
        }
        clerkKey = try Self.clerkKey(clerk, hasIssuer: issuer != nil)
    }

    private static func mail(_ server: String?, _ sender: String?) throws(ValidationError) -> Mail? {
        let mailbox = try sender.map { text throws(ValidationError) in
            try Mailbox(parsing: text, field: "KAPTURE_MAIL_FROM")
        }
        guard let server else { return nil }
        guard let mailbox else {
            throw ValidationError(field: "KAPTURE_SMTP_URL", rule: "needs KAPTURE_MAIL_FROM, whom its mails come from")
        }
        return Mail(server: try MailServer(server), sender: mailbox)
    }

    private static func clerkKey(_ secret: String?, hasIssuer: Bool) throws(ValidationError) -> StandardWebhookKey? {
        let field = "KAPTURE_CLERK_WEBHOOK_SECRET"
        guard let secret else { return nil }
        guard hasIssuer else {
            throw ValidationError(field: field, rule: "needs KAPTURE_OIDC_ISSUER, the Frontend API URL of that Clerk")
        }
        return try StandardWebhookKey(secret, field: field)
    }
}
