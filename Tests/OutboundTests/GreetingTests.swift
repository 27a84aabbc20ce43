import Core
import TestSupport
import Testing

@testable import Outbound

@Suite("Greeting the mail server")
struct GreetingTests {
    private func mailer(_ url: String, trusting certificate: OwnCertificate? = nil) throws -> SMTPMailer {
        var settings = OutboundSettings()
        settings.certificateFile = certificate?.file
        let sender = try Mailbox(parsing: "post@kapture.example", field: "KAPTURE_MAIL_FROM")
        return SMTPMailer(
            CurlClient(settings), to: try MailServer(url), from: sender, now: { StoreFixture.start })
    }

    @Test("succeeds where a mail would be taken, and sends none")
    func greeted() async throws {
        try await MailSink.with { sink in
            let mailer = try mailer("smtp://127.0.0.1:\(sink.port)")
            try await mailer.greet()
            try await mailer.send(Mail(to: "mara@example.com", subject: "first", text: "text"))
            #expect(try await sink.next().text.contains("Subject: first"))
        }
    }

    @Test("tells a wrong password from a right one", arguments: [("s3cret", true), ("guess", false)])
    func password(_ password: String, isRight: Bool) async throws {
        let certificate = try OwnCertificate()
        let arguments = certificate.arguments + ["--user", "kapture", "--password", "s3cret"]
        try await MailSink.with(arguments) { sink in
            let mailer = try mailer("smtp://kapture:\(password)@localhost:\(sink.port)", trusting: certificate)
            if isRight { return try await mailer.greet() }
            let failure = await #expect(throws: ServiceFailure.self) { try await mailer.greet() }
            #expect(failure?.failureClass == .blocked && failure?.reason.contains("KAPTURE_SMTP_URL") == true)
        }
    }

    @Test("fails where nobody listens, and where the certificate is nobody's")
    func down() async throws {
        let nobody = await #expect(throws: ServiceFailure.self) { try await mailer("smtp://127.0.0.1:1").greet() }
        #expect(nobody?.failureClass == .transient)
        let certificate = try OwnCertificate()
        try await MailSink.with(certificate.arguments + ["--smtps"]) { sink in
            let failure = await #expect(throws: ServiceFailure.self) {
                try await mailer("smtps://localhost:\(sink.port)").greet()
            }
            #expect(failure?.failureClass == .blocked && failure?.reason.contains("certificate") == true)
        }
    }
}
