/// Writes mails with the templates of `Templates/mails`.
package protocol MailRendering: Sendable {
    func mail(_ mail: AccountMail, to recipient: String) throws -> Mail
}
