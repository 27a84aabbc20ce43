import Core

/// Sends the mails of accounts: what the jobs `send-link` and `send-notice` do.
///
/// Whether an address has an account is looked up here and nowhere else, long after the answer has left, so that neither
/// its words nor its time tell it to whoever asked.
package struct AccountMailer: Sendable {
    private let accounts: any AccountStoring & MailLinkStoring
    private let mailing: (any Mailing)?
    private let rendering: any MailRendering
    private let now: @Sendable () -> Instant

    /// Without `mailing` nothing is sent.
    package init(
        _ accounts: any AccountStoring & MailLinkStoring, mailing: (any Mailing)?, rendering: any MailRendering,
        now: @escaping @Sendable () -> Instant
    ) {
        (self.accounts, self.mailing, self.rendering, self.now) = (accounts, mailing, rendering, now)
    }

    /// A link that has expired or was followed meanwhile is not sent. Sending it again gives it a new token.
    package func send(_ job: SendLinkJob) async throws {
        guard let link = try await accounts.link(job.link, now: now()) else { return }
        let known = try await accounts.user(email: link.email)
        switch (link.purpose, known) {
        case (.signUp, nil):
            try await send(link) { .confirmSignUp(path: Route.confirmLink(token: $0).path) }
        case (.changeEmail, nil):
            try await send(link) { .confirmEmail(path: Route.confirmLink(token: $0).path) }
        case (.resetPassword, let user?):
            try await send(link) { .resetPassword(name: user.name, path: Route.resetLink(token: $0).path) }
        case (.signUp, let user?):
            try await send(.alreadySignedUp(name: user.name), to: link.email)
            try await accounts.forget(link.id)
        case (.changeEmail, .some):
            try await send(.emailTaken, to: link.email)
            try await accounts.forget(link.id)
        case (.resetPassword, nil):
            try await accounts.forget(link.id)
        }
    }

    package func send(_ job: SendNoticeJob) async throws {
        guard let user = try await accounts.user(job.user), let recipient = job.recipient ?? user.email else { return }
        switch job.kind {
        case .passwordChanged: try await send(.passwordChanged(name: user.name), to: recipient)
        case .emailChanged:
            guard let address = user.email else { return }
            try await send(.emailChanged(name: user.name, to: address), to: recipient)
        }
    }

    /// The last mail: everything of the account is gone.
    package func sayFarewell(to user: User) async throws {
        guard let email = user.email else { return }
        try await send(.accountDeleted(name: user.name), to: email)
    }

    private func send(_ link: MailLink, _ mail: (_ token: String) -> AccountMail) async throws {
        let token = SessionToken.random()
        try await accounts.arm(link.id, tokenDigest: token.digest, now: now())
        try await send(mail(token.text), to: link.email)
    }

    private func send(_ mail: AccountMail, to recipient: String) async throws {
        try await mailing?.send(try rendering.mail(mail, to: recipient))
    }
}
