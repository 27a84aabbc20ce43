import Core
import SQL

/// The columns that make a `Job`.
enum JobRow {
    static let columns: Query = """
        id, user_id, job_type, status, attempts, max_attempts, progress, failure_class, error_message,
            is_cancel_requested, scheduled_at, started_at, completed_at, created_at, updated_at
        """

    static func job(_ row: Row) -> Job {
        let failure = row.optionalText(8).map { JobFailure(row.value(7, or: .structural), $0) }
        return Job(
            id: row.id(0), userID: row.optionalText(1).map(UserID.init(rawValue:)), name: row.text(2),
            state: Job.State(
                row.value(3, or: .failed), tries: Job.Tries(Int(row.integer(4)), of: Int(row.integer(5))),
                progress: row.optionalReal(6), failure: failure, isCancelRequested: row.bool(9)),
            times: Job.Times(
                runAt: row.instant(10), startedAt: row.optionalInstant(11), completedAt: row.optionalInstant(12),
                createdAt: row.instant(13), updatedAt: row.instant(14)))
    }
}
