import Core

/// The signed-in user, as the API tells them about themselves.
struct Account: Sendable {
    let user: User
    /// False for somebody who only signs in elsewhere.
    let hasPassword: Bool
}

extension Account: Described {
    static let shape = Shape<Account>.object(
        "Account",
        [
            Property("id", .id()) { $0.user.id },
            Property("email", .text(like: "mara@example.com")) { $0.user.email },
            Property("name", .text(like: "Mara K")) { $0.user.name },
            Property(
                "avatar_url", .text(like: "/picture/0123456789abcdef0123456789abcdef"),
                "A path of this site; null for none."
            ) {
                $0.user.picture.map { Route.picture($0).path }
            },
            Property("time_zone", .text(like: "Europe/Berlin"), "A name of the IANA database.") { $0.user.timeZone },
            Property("plan_id", .text(like: "free")) { $0.user.planID },
            Property("is_operator", .bool, "Runs this installation.") { $0.user.isOperator },
            Property("has_password", .bool, "False for somebody who only signs in elsewhere.") { $0.hasPassword },
            Property("created_at", .instant) { $0.user.createdAt },
        ])
}

/// The answer of everything that may lead to a mail: always the same.
struct MailOnItsWay: Sendable {
    /// False where this installation sends none, and what was asked for is done.
    var sent = true
}

extension MailOnItsWay: Described {
    static let shape = Shape<MailOnItsWay>.object(
        "MailOnItsWay",
        [
            Property("mail_sent", .bool, "A mail is on its way, if the address can be used for this.") { $0.sent }
        ])
}

/// The answer of signing in.
struct SignedIn: Sendable {
    let user: User
}

extension SignedIn: Described {
    private static let person = Shape<User>.object(
        "Person",
        [
            Property("id", .id()) { $0.id },
            Property("email", .text(like: "mara@example.com")) { $0.email },
            Property("name", .text(like: "Mara K")) { $0.name },
        ])

    static let shape = Shape<SignedIn>.object("SignedIn", [Property("user", person) { $0.user }])
}

/// The answer of signing out.
struct SignedOut: Sendable {}

extension SignedOut: Described {
    static let shape = Shape<SignedOut>.object(
        "SignedOut", [Property("signedIn", .bool.like(.bool(false))) { _ in false }])
}

/// The answer of asking for the end of an account.
struct AccountEnding: Sendable {
    let job: JobID
    let status: JobStatus
}

extension AccountEnding: Described {
    static let shape = Shape<AccountEnding>.object(
        "AccountEnding",
        [
            Property("job_id", .id(), "The job that removes everything.") { $0.job },
            Property("status", .choice(), "`completed` once everything is gone.") { $0.status },
        ])
}

/// One signed-in browser in the list of them.
struct ListedSession: Sendable {
    let session: Session
    let isCurrent: Bool
}

extension ListedSession: Described {
    static let shape = Shape<ListedSession>.object(
        "Session",
        [
            Property("id", .id()) { $0.session.id },
            Property("user_agent", .text(like: "Mozilla/5.0 (X11; Linux x86_64)"), "What the browser calls itself.") {
                $0.session.userAgent
            },
            Property("is_current", .bool, "The one that asks.") { $0.isCurrent },
            Property("created_at", .instant, "When it signed in.") { $0.session.createdAt },
            Property("last_seen_at", .instant, "To ten minutes.") { $0.session.seenAt },
            Property("expires_at", .instant) { $0.session.expiresAt },
        ])
}

extension APIToken: Described {
    static let shape = Shape<APIToken>.object("Token", properties)

    fileprivate static let properties: [Property<APIToken>] = [
        Property("id", .id()) { $0.id },
        Property("name", .text(like: "backup script")) { $0.name },
        Property("scopes", .list(.choice()), "What it may do.") { $0.scopes.sorted { $0.rawValue < $1.rawValue } },
        Property("created_at", .instant) { $0.createdAt },
        Property("last_used_at", .instant, "To the minute; null when never.") { $0.lastUsedAt },
        Property("expires_at", .instant, "Null when it does not.") { $0.expiresAt },
    ]
}

/// A token with its text, which is shown this once.
struct NewToken: Sendable {
    let token: APIToken
    let text: String
}

extension NewToken: Described {
    static let shape = Shape<NewToken>.object(
        "NewToken",
        APIToken.properties.map { $0.of(\.token) } + [
            Property("token", .text(like: "kap_…"), "Goes into `Authorization: Bearer`. Shown this once.") { $0.text }
        ])
}
