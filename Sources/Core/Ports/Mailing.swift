/// A mail to one person.
package struct Mail: Sendable, Hashable {
    package let recipient: String
    package let subject: String
    /// Plain text, lines separated by `\n`.
    package let text: String
    /// The same as HTML; `nil` for a mail of text alone.
    package let html: String?

    package init(to recipient: String, subject: String, text: String, html: String? = nil) {
        (self.recipient, self.subject, self.text, self.html) = (recipient, subject, text, html)
    }
}

/// Sends mails.
package protocol Mailing: Sendable {
    /// Returns once the mail server has accepted it. Throws `ServiceFailure`; a cancelled task throws
    /// `CancellationError` at once, and the mail may or may not have been accepted.
    func send(_ mail: Mail) async throws
}
