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
                try await matchWatchlists(now: now())
                _ = try await blocking { _ in try fanOut(Ingested(), to: nil, now: now()) }
            },
        ]
    }
}
