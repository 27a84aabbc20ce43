import Core

/// The rules of links that are sent by mail: who may ask for one, and what following one does.
struct LinkDesk: Sendable {
    let links: any MailLinkStoring
    let passwords: Passwords
    let throttles: Throttles
    let sendsMail: Bool
    let now: @Sendable () -> Instant

    /// Strangers can cause mails, so few go to one address, whoever asks, and few are asked for from one.
    struct Throttles: Sendable {
        let perAddress: Throttle
        let perPeer: Throttle
        /// Tries of a password behind a link.
        let perLink: Throttle

        /// In the manner of `base`.
        init(like base: Throttle) {
            perAddress = base.counting("mail-to", limit: 5, minutes: 60)
            perPeer = base.counting("mail-by", limit: 30, minutes: 60)
            perLink = base.counting("link", limit: 10, minutes: 10)
        }
    }

    /// Asks for a link. What follows is the same whether or not anybody has the address.
    func request(_ purpose: MailLink.Purpose, to email: EmailAddress, from peer: String) async throws {
        guard sendsMail else { throw Self.noMail }
        try await throttles.perPeer.take(peer)
        try await throttles.perAddress.take(email.text)
        let now = now()
        var source = SystemRandomNumberGenerator()
        let link = MailLink(
            id: MailLinkID(at: now, randomness: (source.next(), source.next())), purpose: purpose, email: email.text,
            expiresAt: now.adding(seconds: Self.lifetime(of: purpose)))
        try await links.requestLink(link, now: now)
    }

    private static func lifetime(of purpose: MailLink.Purpose) -> Int64 {
        if case .resetPassword = purpose { return 3600 }
        return 86_400
    }

    /// What a link is for; changes nothing.
    func link(_ token: String) async throws -> (link: MailLink, digest: [UInt8]) {
        guard let digest = SessionToken(token[...].utf8)?.digest,
            let link = try await links.link(tokenDigest: digest, now: now())
        else { throw Self.deadLink }
        return (link, digest)
    }

    /// Makes the account that the link is about, for whoever knows the password it was asked for with: so that nobody
    /// confirms an account that somebody else began with their address.
    func signUp(_ link: MailLink, _ digest: [UInt8], _ typed: Password?) async throws -> UserID {
        guard case .signUp(_, let hash) = link.purpose else { throw Self.deadLink }
        let problem = typed == nil ? "is missing" : "is not the one that you chose for this account"
        try await throttles.perLink.take(link.id.rawValue)
        guard let typed, try await passwords.isRight(typed, hash) else {
            throw APIFailure.refused([ValidationError(field: "password", rule: problem)], as: .forbidden)
        }
        return try Self.done(try await links.completeSignUp(tokenDigest: digest, now: now()))
    }

    /// The user whose password the link resets.
    func owner(of link: MailLink) async throws -> User {
        guard link.purpose == .resetPassword, let user = try await links.user(email: link.email) else {
            throw Self.deadLink
        }
        return user
    }

    static func done<Value>(_ outcome: LinkOutcome<Value>) throws -> Value {
        switch outcome {
        case .done(let value): return value
        case .unknown: throw deadLink
        case .taken: throw APIFailure.conflict("This address belongs to another account. Sign in to that one.")
        }
    }

    static let deadLink = APIFailure(
        code: .notFound, message: "This link has expired, was used, or is not whole. Ask for a new one.")
    static let noMail = APIFailure(
        code: .forbidden,
        message: "This installation sends no mails. The people who run it can do this for you, with `kapture user`.")
}
