import Core
import Jobs

extension Store {
    /// The jobs that concern rows alone.
    package func jobs(deletion: AccountDeletion, now: @escaping @Sendable () -> Instant) -> [RegisteredJob] {
        [
            RegisteredJob(DeleteAccountJob.self, timeout: .seconds(3600)) { request, _ in
                try await deletion.run(request.user)
            },
            RegisteredJob(EndSessionsJob.self) { _, _ in _ = try await removeExpiredSessions(now: now()) },
        ]
    }
}
