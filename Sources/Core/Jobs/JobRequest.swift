/// Asks for a piece of work that is done outside the request which asked. Stored as JSON under its stable name, so it
/// carries ids and never secrets or whole objects.
package protocol JobRequest: Codable, Sendable {
    /// Stable, such as `delete-account`; changing one is a migration.
    static var jobName: String { get }
}

/// When and how a job may run, decided by whoever asks for it.
package struct JobTerms: Sendable, Hashable {
    /// Higher runs first; 0 is normal.
    package var priority = 0
    /// Not before this moment; `nil` is at once.
    package var runAt: Instant?
    /// While a job with this key waits or runs, asking again changes nothing.
    package var uniqueKey: String?
    /// Whose job page shows it; `nil` for the installation's own.
    package var userID: UserID?

    package init(priority: Int = 0, runAt: Instant? = nil, uniqueKey: String? = nil, userID: UserID? = nil) {
        (self.priority, self.runAt, self.uniqueKey, self.userID) = (priority, runAt, uniqueKey, userID)
    }
}

package typealias JobID = Identifier<Job>

/// One piece of work as its row tells it.
package enum JobStatus: String, Sendable, Hashable, CaseIterable, Codable {
    case pending, processing, completed, failed, cancelled

    package var isFinal: Bool {
        switch self {
        case .completed, .failed, .cancelled: true
        case .pending, .processing: false
        }
    }
}

/// What a job page shows of a job.
package struct Job: Sendable, Hashable {
    package let id: JobID
    package let userID: UserID?
    /// The stable name of its request.
    package let name: String
    package let status: JobStatus
    package let attempts: Int
    package let maximumAttempts: Int
    /// 0–1, when the job tells it.
    package let progress: Double?
    /// Why the last attempt failed: class, and a sentence a creator understands.
    package let failure: JobFailure?
    package let isCancelRequested: Bool
    package let runAt: Instant
    package let startedAt: Instant?
    package let completedAt: Instant?
    package let createdAt: Instant
}

/// Why an attempt of a job failed.
package struct JobFailure: Sendable, Hashable {
    package let failureClass: FailureClass
    /// A sentence that a creator understands.
    package let reason: String

    package init(_ failureClass: FailureClass, _ reason: String) {
        (self.failureClass, self.reason) = (failureClass, reason)
    }
}
