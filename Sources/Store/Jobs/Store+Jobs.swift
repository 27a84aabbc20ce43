import Core
import SQL

extension Store: JobListing, JobSteering {
    package func jobs(of user: UserID, _ filter: JobFilter, _ paging: Paging) async throws -> ListPage<Job> {
        try await database.read { connection in
            var condition: Query = "user_id = \(user)"
            if !filter.statuses.isEmpty {
                condition = "\(condition) AND status IN \(list: filter.statuses.map(\.rawValue).sorted())"
            }
            if let name = filter.name { condition = "\(condition) AND job_type = \(name)" }
            let total = try connection.first("SELECT count(*) FROM background_jobs WHERE \(condition)") {
                $0.integer(0)
            }
            let jobs = try connection.rows(
                """
                SELECT \(JobRow.columns) FROM background_jobs WHERE \(condition)
                ORDER BY created_at DESC, id DESC LIMIT \(paging.limit) OFFSET \(paging.offset)
                """, JobRow.job)
            return ListPage(items: jobs, total: total ?? 0, paging: paging)
        }
    }

    package func job(_ id: JobID, of user: UserID) async throws -> Job? {
        try await database.shortRead { try $0.job(id, of: user) }
    }

    package func cancelJob(_ id: JobID, of user: UserID, now: Instant) async throws -> JobSteered {
        try await steer(id, of: user) { connection in
            let ended = try connection.execute(
                "UPDATE background_jobs SET \(Query.ended("cancelled", now)) WHERE id = \(id) AND status = 'pending'")
            let asked = try connection.execute(
                """
                UPDATE background_jobs SET is_cancel_requested = 1, updated_at = \(now)
                WHERE id = \(id) AND status = 'processing' AND is_cancel_requested = 0
                """)
            return ended + asked > 0
        }
    }

    package func retryJob(_ id: JobID, of user: UserID, now: Instant) async throws -> JobSteered {
        let steered = try await steer(id, of: user) { connection in
            try connection.announce(.jobs)
            // Where another job with the same unique key waits or runs, that one is the retry.
            return try connection.execute(
                """
                UPDATE background_jobs SET status = 'pending', attempts = 0, progress = NULL, failure_class = NULL,
                    error_message = NULL, scheduled_at = \(now), completed_at = NULL, updated_at = \(now)
                WHERE id = \(id) AND status IN ('failed', 'cancelled') AND NOT EXISTS (
                    SELECT 1 FROM background_jobs AS other
                    WHERE other.job_type = background_jobs.job_type AND other.unique_key = background_jobs.unique_key
                        AND other.status IN ('pending', 'processing'))
                """) > 0
        }
        if steered.change != nil { bell.ring() }
        return steered
    }

    /// Runs `body` when the job is the user's; `body` says whether it changed anything.
    private func steer(
        _ id: JobID, of user: UserID, _ body: @escaping @Sendable (Connection) throws -> Bool
    ) async throws -> JobSteered {
        try await database.write { connection in
            guard try connection.job(id, of: user) != nil else { throw StoreFailure.missing("job \(id)") }
            let revision = try body(connection) ? connection.bumpSiteIfAny(of: user, for: .job) : nil
            guard let job = try connection.job(id, of: user) else { throw StoreFailure.missing("job \(id)") }
            return JobSteered(job, change: revision.map { Change(site: .user(user), revision: $0) })
        }
    }
}

extension Connection {
    /// Of the newest `limit` jobs those that wait, run or failed, newest first.
    func openJobs(of user: UserID, among limit: Int) throws -> [Job] {
        try rows(
            """
            SELECT \(JobRow.columns) FROM background_jobs WHERE user_id = \(user)
            ORDER BY created_at DESC, id DESC LIMIT \(limit)
            """, JobRow.job
        ).filter { !$0.status.isFinal || $0.status == .failed }
    }

    fileprivate func job(_ id: JobID, of user: UserID) throws -> Job? {
        try first(
            "SELECT \(JobRow.columns) FROM background_jobs WHERE id = \(id) AND user_id = \(user)", JobRow.job)
    }
}

extension Store: QueueMeasuring {
    package func queueFigures(now: Instant) async throws -> [QueueFigures] {
        try await database.read { connection in
            var counts: [String: [JobStatus: Int]] = [:]
            try connection.forEach("SELECT queue, status, count(*) FROM background_jobs GROUP BY queue, status") {
                row in
                counts[row.text(0), default: [:]][row.value(1, or: .failed)] = Int(row.integer(2))
            }
            let due = try connection.rows(
                """
                SELECT queue, min(scheduled_at) FROM background_jobs
                WHERE status = 'pending' AND scheduled_at <= \(now) GROUP BY queue
                """
            ) { ($0.text(0), $0.instant(1)) }
            let dueSince = Dictionary(due) { $1 }
            return counts.keys.sorted().map {
                QueueFigures(queue: JobQueue(rawValue: $0), counts: counts[$0] ?? [:], dueSince: dueSince[$0])
            }
        }
    }
}
