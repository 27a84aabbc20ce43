import Core
import Synchronization

@testable import API

/// Mails as they were written, and what an account's mailer does with the jobs that were asked for.
final class PostBox: Mailing, MailRendering {
    private let sent = Mutex<[Mail]>([])

    var mails: [Mail] { sent.withLock { $0 } }

    func send(_ mail: Mail) async throws { sent.withLock { $0.append(mail) } }

    func mail(_ mail: AccountMail, to recipient: String) throws -> Mail {
        Mail(to: recipient, subject: "\(mail)", text: "\(mail)")
    }

    /// Does every job about mail that was asked for so far, and returns the token of the newest mail.
    @discardableResult
    func deliver(_ harness: Harness) async throws -> String? {
        let mailer = AccountMailer(harness.accounts, mailing: self, rendering: self, now: harness.clock.read)
        for job in harness.accounts.jobs {
            if let job = job as? SendLinkJob { try await mailer.send(job) }
            if let job = job as? SendNoticeJob { try await mailer.send(job) }
        }
        let path = mails.last?.text.firstMatch(of: /\/(reset|confirm)\/([^\/]+)\//)
        return path.map { String($0.2) }
    }
}
