import Core

/// The mail server that takes our mails (`KAPTURE_SMTP_URL`).
package struct MailServer: Sendable, Hashable {
    let host: String
    let port: Int
    /// From the first byte, instead of by STARTTLS.
    let isSecure: Bool
    let credentials: Credentials?

    struct Credentials: Sendable, Hashable {
        let user: String
        let password: String
    }

    /// Takes `smtp://[user:password@]host[:port]` and `smtps://…`; user and password percent-encoded where they need it.
    ///
    /// The default port is 465 for smtps, 587 with credentials, else 25.
    package init(_ text: String, field: String = "KAPTURE_SMTP_URL") throws(ValidationError) {
        let parsed = ParsedAddress(text)
        guard let parsed, ["smtp", "smtps"].contains(parsed.scheme), !parsed.host.isEmpty else {
            throw ValidationError(
                field: field, rule: "must be smtp://host:port or smtps://host:port, with user:password@ where needed")
        }
        guard ["", "/"].contains(parsed.path), parsed.query == nil else {
            throw ValidationError(field: field, rule: "must end after the port")
        }
        let (user, password) = (parsed.user, parsed.password)
        guard (user == nil) == (password == nil) else {
            throw ValidationError(field: field, rule: "must have both a user and a password, or neither")
        }
        (host, isSecure) = (parsed.host, parsed.scheme == "smtps")
        if let user, let password {
            credentials = Credentials(user: user, password: password)
        } else {
            credentials = nil
        }
        port = parsed.port ?? (isSecure ? 465 : credentials == nil ? 25 : 587)
    }

    /// `host` has `[` and `]` around IPv6.
    var isOnThisMachine: Bool { ["localhost", "[::1]"].contains(host) || host.hasPrefix("127.") }

    /// Passwords never cross a network in the clear; without any, encryption is used where the server offers it. A mail
    /// server on this machine often offers it with a certificate for another name, and nobody listens in between.
    var encryption: Encryption {
        if credentials != nil || isSecure { return .required }
        return isOnThisMachine ? .none : .offered
    }

    enum Encryption { case none, offered, required }
}
