import Core
import TestSupport
import Testing

@testable import Outbound

@Suite("Sending mail")
struct SMTPTests {
    private let mail = Mail(
        to: "mara@example.com", subject: "Grüße aus Köln",
        text: "Hallo Mara,\n.\n.dots stay\nlong \(String(repeating: "wörd ", count: 60))\nend ",
        html: "<p>Hallo <b>Mara</b> = π</p>")

    private func mailer(
        _ url: String, trusting certificate: OwnCertificate? = nil, timeout: Duration = .seconds(20)
    ) throws -> SMTPMailer {
        var settings = OutboundSettings()
        settings.certificateFile = certificate?.file
        let sender = try Mailbox(parsing: "Kapture Köln <post@kapture.example>", field: "KAPTURE_MAIL_FROM")
        return SMTPMailer(
            CurlClient(settings), to: try MailServer(url), from: sender, now: { StoreFixture.start },
            random: { (1, 2) }, timeout: timeout)
    }

    @Test("hands over both forms, encoded so that they come back as they were")
    func plain() async throws {
        try await MailSink.with { sink in
            try await mailer("smtp://127.0.0.1:\(sink.port)").send(mail)

            let received = try await sink.next()
            #expect(received.greeting == "kapture.example")
            #expect(received.from == "post@kapture.example")
            #expect(received.to == ["mara@example.com"])
            #expect(received.text.utf8.allSatisfy { $0 < 0x80 })
            #expect(received.text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
            let decoded = try await PythonMail.decoded(received.text)
            #expect(decoded.subject == mail.subject)
            #expect(decoded.from == "Kapture Köln <post@kapture.example>")
            #expect(decoded.text == mail.text + "\n")
            #expect(decoded.html == mail.html.map { $0 + "\n" })
            #expect(decoded.defects == 0)
        }
    }

    @Test("dates and names each mail")
    func header() async throws {
        try await MailSink.with { sink in
            let text = Mail(to: "mara@example.com", subject: "Plain words", text: "text")
            try await mailer("smtp://localhost:\(sink.port)/").send(text)

            let (header, body) = try await sink.next().parts
            #expect(header.contains("Date: Sun, 01 Nov 2026 09:00:00 +0000"))
            #expect(header.contains("Subject: Plain words"))
            #expect(header.contains("To: mara@example.com"))
            #expect(header.contains { $0.wholeMatch(of: /Message-ID: <[0-9a-f-]{36}@kapture\.example>/) != nil })
            #expect(header.contains("Auto-Submitted: auto-generated"))
            #expect(body.trimmingCharacters(in: .whitespacesAndNewlines) == "text")
        }
    }

    @Test(
        "keeps hostile text inside its own header line",
        arguments: [
            "Hi\r\nBcc: eve@example.com", "Hi\nBcc: eve@example.com", "Hi\rBcc: x", "\u{2028}Bcc: x",
            "=?UTF-8?Q?x?=\u{0}",
        ])
    func injection(subject: String) async throws {
        try await MailSink.with { sink in
            try await mailer("smtp://127.0.0.1:\(sink.port)").send(
                Mail(to: "m@example.com", subject: subject, text: "t"))

            let received = try await sink.next()
            #expect(received.to == ["m@example.com"])
            #expect(
                received.parts.header.map { $0.prefix { $0 != ":" } }.sorted() == [
                    "Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version",
                    "Message-ID", "Subject", "To",
                ])
        }
    }

    @Test(
        "never asks the server about an address that is none",
        arguments: [
            "a@b\r\nRCPT TO:<eve@example.com>", "a>@example.com", "<a@example.com>", "a b@example.com", "a@b@c", "@b",
            "a@",
            "a,b@example.com", "\"a\"@example.com", "a@exa mple.com", "a@-b.example", "a@b..example", "ä@example.com",
            "a@[127.0.0.1]", "a@b/c", ".a@example.com", "a\0@example.com",
        ])
    func recipients(address: String) async throws {
        let failure = await #expect(throws: ServiceFailure.self) {
            try await mailer("smtp://127.0.0.1:9").send(Mail(to: address, subject: "s", text: "t"))
        }
        #expect(failure?.failureClass == .structural)
    }

    @Test("writes a domain of other letters as the name system knows it")
    func international() throws {
        #expect(try Mailbox("mara@Bücher.example").address == "mara@xn--bcher-kva.example")
        #expect(try Mailbox("o'mara+tag@example.co.uk").address == "o'mara+tag@example.co.uk")
    }

    @Test(
        "tells a refusal for now from one for good",
        arguments: [("later", FailureClass.transient), ("never", .structural)])
    func refusals(who: String, failureClass: FailureClass) async throws {
        try await MailSink.with { sink in
            let failure = await #expect(throws: ServiceFailure.self) {
                try await mailer("smtp://127.0.0.1:\(sink.port)")
                    .send(Mail(to: "\(who)@example.com", subject: "s", text: "t"))
            }
            #expect(failure?.failureClass == failureClass)
        }
    }

    @Test("waits no longer than it may, and not at all when nobody listens")
    func timeout() async throws {
        try await MailSink.with(["--silent"]) { sink in
            let slow = try mailer("smtp://127.0.0.1:\(sink.port)", timeout: .milliseconds(300))
            let failure = await #expect(throws: ServiceFailure.self) { try await slow.send(mail) }
            #expect(failure?.failureClass == .transient)
        }
        let failure = await #expect(throws: ServiceFailure.self) { try await mailer("smtp://127.0.0.1:1").send(mail) }
        #expect(failure?.failureClass == .transient)
    }
}

@Suite("Encryption of mail")
struct SMTPEncryptionTests {
    private static let login = ["--user", "kapture", "--password", "pa ss:w@rd"]

    private func send(_ url: String, trusting certificate: OwnCertificate?) async throws {
        var settings = OutboundSettings()
        settings.certificateFile = certificate?.file
        let mailer = SMTPMailer(
            CurlClient(settings), to: try MailServer(url), from: try Mailbox("post@kapture.example"),
            now: { StoreFixture.start })
        try await mailer.send(Mail(to: "mara@example.com", subject: "s", text: "t"))
    }

    @Test("protects the password, by STARTTLS or from the start", arguments: [false, true])
    func encrypted(smtps: Bool) async throws {
        let certificate = try OwnCertificate()
        // aiosmtpd does not know that a connection was encrypted from the start, so it gets no login there.
        let extra = smtps ? ["--smtps"] : Self.login
        try await MailSink.with(certificate.arguments + extra) { sink in
            let address = smtps ? "smtps://localhost" : "smtp://kapture:pa%20ss%3Aw%40rd@localhost"
            try await send("\(address):\(sink.port)", trusting: certificate)

            let received = try await sink.next()
            #expect(received.encrypted)
            #expect(received.user == (smtps ? nil : "kapture"))
        }
    }

    @Test("is required before a password is sent")
    func required() async throws {
        try await MailSink.with(Self.login) { sink in
            let failure = await #expect(throws: ServiceFailure.self) {
                try await send("smtp://kapture:pa%20ss%3Aw%40rd@localhost:\(sink.port)", trusting: nil)
            }
            #expect(failure?.failureClass == .blocked)
            #expect(failure?.reason.contains("encryption") == true)
        }
    }

    @Test("takes no certificate that is unknown or another's", arguments: [false, true])
    func certificates(isKnown: Bool) async throws {
        let certificate = try OwnCertificate(names: isKnown ? "DNS:other.example" : "DNS:localhost")
        try await MailSink.with(certificate.arguments + Self.login) { sink in
            let failure = await #expect(throws: ServiceFailure.self) {
                try await send(
                    "smtp://kapture:pa%20ss%3Aw%40rd@localhost:\(sink.port)", trusting: isKnown ? certificate : nil)
            }
            #expect(failure?.failureClass == .blocked)
            #expect(failure?.reason.contains("certificate") == true)
        }
    }

    @Test("a wrong password is the operator's to mend")
    func wrongPassword() async throws {
        let certificate = try OwnCertificate()
        try await MailSink.with(certificate.arguments + Self.login) { sink in
            let failure = await #expect(throws: ServiceFailure.self) {
                try await send("smtp://kapture:wrong@localhost:\(sink.port)", trusting: certificate)
            }
            #expect(failure?.failureClass == .blocked)
            #expect(failure?.reason.contains("KAPTURE_SMTP_URL") == true)
            #expect(failure?.reason.contains("wrong") == false)
        }
    }

    @Test("stays away on this machine, where there is no password")
    func local() async throws {
        let other = try OwnCertificate(names: "DNS:other.example")
        try await MailSink.with(other.arguments) { sink in
            try await send("smtp://localhost:\(sink.port)", trusting: nil)
            #expect(try await sink.next().encrypted == false)
        }
    }

    @Test(
        "the server's address says what is wrong with it",
        arguments: [
            "", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example/path", "smtp://mail.example?a=b",
            "smtp://user@mail.example", "smtp://mail.example:99999",
        ])
    func addresses(text: String) {
        let error = #expect(throws: ValidationError.self) { try MailServer(text) }
        #expect(error?.field == "KAPTURE_SMTP_URL")
    }

    @Test(
        "ports and encryption follow from the address",
        arguments: [
            ("smtp://mail.example", 25, MailServer.Encryption.offered), ("smtp://a:b@mail.example", 587, .required),
            ("smtps://mail.example", 465, .required), ("smtp://127.0.0.1", 25, .none),
            ("smtp://[::1]:2525", 2525, .none),
            ("smtp://a:b@localhost", 587, .required),
        ])
    func defaults(text: String, port: Int, encryption: MailServer.Encryption) throws {
        let server = try MailServer(text)
        #expect((server.port, server.encryption) == (port, encryption))
    }
}
