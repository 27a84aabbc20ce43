import Core

/// A mail as it crosses the wire (RFC 5322): ASCII, CRLF, no line over 998 characters.
struct MailMessage {
    let mail: Mail
    let sender: Mailbox
    let recipient: Mailbox
    let date: Instant
    /// The part of the Message-ID before the @: letters, digits and hyphens, unique.
    let id: String

    var bytes: [UInt8] {
        var bytes = Array(header.map { "\($0): \($1)\r\n" }.joined().utf8)
        guard let html = mail.html else {
            bytes += part("text/plain", mail.text)
            return bytes
        }
        bytes += Array("Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n".utf8)
        for (type, text) in [("text/plain", mail.text), ("text/html", html)] {
            bytes += Array("--\(boundary)\r\n".utf8) + part(type, text) + [0x0D, 0x0A]
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    private var header: [(String, String)] {
        [
            ("Date", MailMessage.text(date)),
            ("From", sender.header),
            ("To", recipient.header),
            ("Subject", HeaderText.unstructured(mail.subject)),
            ("Message-ID", "<\(id)@\(sender.domain)>"),
            ("Auto-Submitted", "auto-generated"),
            ("MIME-Version", "1.0"),
        ]
    }

    /// "=_" cannot occur in quoted-printable text.
    private var boundary: String { "=_\(id)" }

    private func part(_ type: String, _ text: String) -> [UInt8] {
        let header = "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        return Array(header.utf8) + QuotedPrintable.encode(text) + [0x0D, 0x0A]
    }

    /// `Wed, 25 Nov 2026 08:00:00 +0000`.
    static func text(_ instant: Instant) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = CivilTime(instant)
        let day = days[Int(((instant.day % 7) + 7) % 7)]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = [time.hour, time.minute, time.second].map(two).joined(separator: ":")
        return "\(day), \(two(time.day)) \(months[time.month - 1]) \(time.year) \(clock) +0000"
    }
}
