import Core

/// Everything the server needs to know besides its ports. Read once, in `kapture`.
package struct APISettings: Sendable {
    /// Who may create an account.
    package enum SignUp: String, Sendable {
        /// Anyone.
        case open
        /// Nobody, but for the very first account: from a loopback address, or with the set-up code.
        case closed
    }

    /// Where to listen.
    package var address = "127.0.0.1"
    package var port = 8080
    package var publicURL: PublicAddress
    package var signUp = SignUp.closed
    /// What `serve` printed for whoever makes the first account from another machine; `nil` when there are accounts.
    package var setupCode: String?
    /// Whether mails can be sent: then an account begins with a link by mail, and passwords can be reset.
    package var sendsMail = false
    /// Somebody else who vouches for people.
    package var issuer: IssuerSettings?
    /// What Clerk signs its webhooks with; `nil` refuses them all.
    package var clerkKey: StandardWebhookKey?
    /// At least 32 secret bytes, stable across restarts: feed links are made with it.
    package var serverKey: [UInt8]
    /// Behind nginx: answer pages with the address of their file (`accelPrefix` + path) and let nginx send the bytes.
    package var accelRedirect = false
    /// How long a connection may be silent, and how long a request may take to arrive.
    package var idleTimeout: Duration = .seconds(60)
    /// Requests of the API that a user, token or address may make; `nil` is any number.
    package var rateLimit: RateLimit? = RateLimit(100)
    package var events = EventSettings()
    /// Whose `X-Forwarded-For` and `X-Request-Id` count.
    package var trustedProxies = TrustedProxies.none
    package var now: @Sendable () -> Instant = SystemClock.now

    package init(publicURL: PublicAddress, serverKey: [UInt8]) {
        (self.publicURL, self.serverKey) = (publicURL, serverKey)
    }

    /// The nginx location, marked `internal`, whose root is the sites folder.
    package static let accelPrefix = "/sites/"
    /// Largest body of a webhook.
    static let webhookLimit = 1 << 20
    /// Largest body of a form or JSON request.
    static let bodyLimit = 64 * 1024
    /// A connection that sends more than this in one request is closed.
    static let bodyHardLimit = 1024 * 1024 + bodyLimit
    static let sessionLifetime: Int64 = 30 * 86_400
}
