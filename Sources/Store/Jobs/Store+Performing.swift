import Core
import Jobs

extension Store {
    /// The jobs that concern rows alone.
    package func jobs(deletion: AccountDeletion, now: @escaping @Sendable () -> Instant) -> [RegisteredJob] {
        [
            RegisteredJob(DeleteAccountJob.self, timeout: .seconds(3600)) { request, _ in
                try await deletion.run(request.user)
            },
            RegisteredJob(EndSessionsJob.self) { _, _ in
                _ = try await removeExpiredSessions(now: now())
                // An event that failed may still be wanted by whoever mends its cause, but not for ever.
                _ = try await forgetEvents(before: now().adding(hours: -24 * 30))
            },
            RegisteredJob(SettleJob.self) { _, _ in
                var failure: (any Error)?
                do { try await matchWatchlists(now: now()) } catch { failure = error }
                _ = try await blocking { look in
                    try fanOut(Ingested(), to: nil, now: now()) { try look.check() }
                }
                if let failure { throw failure }
            },
        ]
    }
}
