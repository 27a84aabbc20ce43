import CCurl
import Core

/// Hands mails to the operator's mail server.
package struct SMTPMailer: Mailing {
    private let client: CurlClient
    private let server: MailServer
    private let sender: Mailbox
    private let timeout: Duration
    private let now: @Sendable () -> Instant
    private let random: @Sendable () -> UUIDText.Randomness

    /// `now` dates the mails, `random` makes their ids.
    package init(
        _ client: CurlClient, to server: MailServer, from sender: Mailbox,
        now: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable () -> UUIDText.Randomness = { (.random(in: 0...(.max)), .random(in: 0...(.max))) },
        timeout: Duration = .seconds(30)
    ) {
        (self.client, self.server, self.sender) = (client, server, sender)
        (self.now, self.random, self.timeout) = (now, random, timeout)
    }

    package func send(_ mail: Mail) async throws {
        let recipient: Mailbox
        do {
            recipient = try Mailbox(mail.recipient)
        } catch {
            throw ServiceFailure("smtp", .structural, "Mail cannot be sent to this address: it \(error.rule).")
        }
        let date = now()
        let message = MailMessage(
            mail: mail, sender: sender, recipient: recipient, date: date, id: UUIDText.version7(at: date, random()))
        let plan = MailPlan(
            server: server, sender: sender, recipient: recipient, upload: message.bytes, timeout: timeout)
        try await perform(plan)
    }

    /// Returns when the mail server answers and lets us in; sends nothing. Throws as `send` does.
    package func greet() async throws {
        try await perform(GreetingPlan(server: server, sender: sender, timeout: .seconds(5)))
    }

    private func perform(_ plan: some TransferPlan) async throws {
        do {
            _ = try await client.perform(plan)
        } catch let failure as TransferFailure {
            throw ServiceFailure(mail: failure)
        }
    }
}

extension ServiceFailure {
    /// What a mail that was not accepted means. A code of the server in the 400s asks to try later, one in the 500s is
    /// final (RFC 5321, 4.2.1).
    fileprivate init(mail failure: TransferFailure) {
        guard case .failed(let code, let responseCode) = failure else {
            self.init("smtp", .transient, "Kapture is shutting down.")
            return
        }
        switch CURLcode(code) {
        case CURLE_LOGIN_DENIED:
            self.init("smtp", .blocked, "The mail server refuses the user or password of KAPTURE_SMTP_URL.")
        case CURLE_USE_SSL_FAILED:
            self.init("smtp", .blocked, "The mail server offers no encryption, so the password was not sent.")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            self.init("smtp", .blocked, "The mail server's certificate is not valid for its name.")
        case _ where (500...599).contains(responseCode):
            self.init("smtp", .structural, "The mail server refuses this mail (\(responseCode)).")
        case _ where (400...499).contains(responseCode):
            self.init("smtp", .transient, "The mail server cannot take this mail now (\(responseCode)).")
        default:
            self.init("smtp", .transient, "The mail server does not answer.")
        }
    }
}
