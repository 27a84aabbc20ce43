import Core
import Outbound

/// This process's way to the outside.
struct WayOut: Sendable {
    let fetching: any Fetching
    /// `nil` where no mail server is set.
    let mailer: SMTPMailer?

    init(_ settings: Settings) {
        let client = CurlClient()
        fetching = TracedFetching(WebFetcher(client))
        mailer = settings.accounts.mail.map { SMTPMailer(client, to: $0.server, from: $0.sender, now: Clock.now) }
    }
}
