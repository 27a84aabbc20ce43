/// The cookie that carries the session: its name and attributes are fixed by the public address.
struct SessionCookie: Sendable {
    let name: String
    private let attributes: String

    /// Over https the name's prefix makes browsers refuse it from any other host, path or plain connection.
    init(isSecure: Bool) {
        name = isSecure ? "__Host-kapture" : "kapture"
        attributes = "; Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    func setting(_ token: SessionToken) -> String {
        "\(name)=\(token.text); Max-Age=\(APISettings.sessionLifetime)\(attributes)"
    }

    var clearing: String { "\(name)=; Max-Age=0\(attributes)" }

    /// The token in a `Cookie` header. Of several cookies of this name the first that is a token counts.
    func token(in header: String?) -> SessionToken? {
        guard let header else { return nil }
        for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            guard pair.starts(with: name.utf8) else { continue }
            let rest = pair.dropFirst(name.utf8.count)
            guard rest.first == UInt8(ascii: "=") else { continue }
            if let token = SessionToken(rest.dropFirst()) { return token }
        }
        return nil
    }
}
