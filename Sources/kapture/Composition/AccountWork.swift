import API
import Core
import Jobs
import Store

/// What jobs do about accounts: mails, and what issuers tell us.
struct AccountWork: Sendable {
    let house: Installation
    let outside: WayOut
    /// Writes the mails; that of the house unless something reloads it.
    var mails: (any MailRendering)?

    private var mailer: AccountMailer {
        AccountMailer(house.store, mailing: outside.mailer, rendering: mails ?? house.mails, now: Clock.now)
    }

    var jobs: [RegisteredJob] {
        let mailer = mailer
        return [
            RegisteredJob(SendLinkJob.self, timeout: .seconds(60)) { request, _ in try await mailer.send(request) },
            RegisteredJob(SendNoticeJob.self, timeout: .seconds(60)) { request, _ in try await mailer.send(request) },
            RegisteredJob(ApplyWebhookJob.self, timeout: .seconds(60)) { request, _ in try await apply(request) },
        ]
    }

    /// The last mail to somebody whose account is gone; there is nothing left to try it again for.
    @Sendable func sayFarewell(to user: User) async {
        house.logger.notice("account deleted", metadata: ["user": "\(user.id)"])
        do {
            try await mailer.sayFarewell(to: user)
        } catch {
            house.logger.error("not told that the account is deleted: \(error)", metadata: ["user": "\(user.id)"])
        }
    }

    /// Pages that this changes are published by whoever serves them.
    private func apply(_ request: ApplyWebhookJob) async throws {
        let store = house.store
        guard let event = try await store.event(source: request.source, eventID: request.eventID) else { return }
        guard event.source == ClerkWebhooks.sourceName, let issuer = house.settings.accounts.issuer else {
            throw ServiceFailure(event.source, .structural, "Events of \(event.source) are switched off here.")
        }
        let events = ClerkEvents(issuer: issuer.issuer, accounts: store, now: Clock.now)
        _ = try await events.apply(event)
        try await store.markApplied(source: event.source, eventID: event.eventID, now: Clock.now())
    }
}
