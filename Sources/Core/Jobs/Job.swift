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
    /// `nil` for the installation's own.
    package let userID: UserID?
    /// The stable name of its request.
    package let name: String
    package let state: State
    package let times: Times

    package init(id: JobID, userID: UserID?, name: String, state: State, times: Times) {
        (self.id, self.userID, self.name) = (id, userID, name)
        (self.state, self.times) = (state, times)
    }

    package var status: JobStatus { state.status }

    /// How far it is.
    package struct State: Sendable, Hashable {
        package let status: JobStatus
        package let tries: Tries
        /// 0–1, when the job tells it.
        package let progress: Double?
        /// Why the last attempt failed.
        package let failure: JobFailure?
        /// Whether somebody asked for its end while it runs.
        package let isCancelRequested: Bool

        package init(
            _ status: JobStatus, tries: Tries, progress: Double?, failure: JobFailure?, isCancelRequested: Bool
        ) {
            (self.status, self.tries, self.progress) = (status, tries, progress)
            (self.failure, self.isCancelRequested) = (failure, isCancelRequested)
        }
    }

    package struct Tries: Sendable, Hashable {
        /// Attempts begun.
        package let done: Int
        package let most: Int

        package init(_ done: Int, of most: Int) {
            (self.done, self.most) = (done, most)
        }
    }

    package struct Times: Sendable, Hashable {
        /// Not before this moment.
        package let runAt: Instant
        /// When its last attempt began.
        package let startedAt: Instant?
        package let completedAt: Instant?
        package let createdAt: Instant
        package let updatedAt: Instant

        package init(
            runAt: Instant, startedAt: Instant?, completedAt: Instant?, createdAt: Instant, updatedAt: Instant
        ) {
            (self.runAt, self.startedAt, self.completedAt) = (runAt, startedAt, completedAt)
            (self.createdAt, self.updatedAt) = (createdAt, updatedAt)
        }
    }
}
