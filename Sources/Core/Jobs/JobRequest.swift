/// Asks for a piece of work that is done outside the request which asked. Stored as JSON under its stable name, so it
/// carries ids and never secrets or whole objects.
package protocol JobRequest: Codable, Sendable {
    /// Stable, such as `delete-account`; changing one is a migration.
    static var jobName: String { get }
    /// Where it waits: jobs of one queue never hold up those of another.
    static var queue: JobQueue { get }
    /// How often it is tried, and how long it rests between.
    static var retry: RetryPolicy { get }
}

extension JobRequest {
    package static var queue: JobQueue { .standard }
    package static var retry: RetryPolicy { .standard }
}

/// When and how a job may run, decided by whoever asks for it.
package struct JobTerms: Sendable, Hashable {
    /// Higher runs first; 0 is normal.
    package var priority = 0
    /// Not before this moment; `nil` is at once.
    package var runAt: Instant?
    /// While a job of the same name with this key waits or runs, asking again changes nothing.
    package var uniqueKey: String?
    /// Whose job page shows it; `nil` for the installation's own. Their account's end is the end of the job.
    package var userID: UserID?
    /// Another queue than the request's own.
    package var queue: JobQueue?

    package init(
        priority: Int = 0, runAt: Instant? = nil, uniqueKey: String? = nil, userID: UserID? = nil,
        queue: JobQueue? = nil
    ) {
        (self.priority, self.runAt, self.uniqueKey) = (priority, runAt, uniqueKey)
        (self.userID, self.queue) = (userID, queue)
    }
}
