import Core
import SQL

extension Connection {
    /// Claims what is due and fits, in every queue with free places: highest priority first, then by when it may run.
    func claim(_ claim: JobClaim, now: Instant) throws -> [LeasedJob] {
        var jobs: [Claimed] = []
        for (queue, places) in claim.places.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where places > 0 {
            jobs += try self.claim(claim, in: queue, places: places, now: now)
        }
        return jobs.sorted(by: Claimed.isBefore).map { $0.job }
    }

    private func claim(_ claim: JobClaim, in queue: JobQueue, places: Int, now: Instant) throws -> [Claimed] {
        try rows(
            """
            WITH picked AS MATERIALIZED (
                SELECT id FROM background_jobs
                WHERE status = 'pending' AND queue = \(queue.rawValue) AND scheduled_at <= \(now)
                    AND job_type IN \(list: claim.names)
                ORDER BY priority DESC, scheduled_at, id LIMIT \(places) \(dialect.claiming)
            )
            UPDATE background_jobs SET status = 'processing', attempts = attempts + 1, lease_token = lease_token + 1,
                worker_id = \(claim.worker), lease_until = \(claim.leaseUntil), progress = NULL,
                started_at = \(now), updated_at = \(now)
            WHERE id IN (SELECT id FROM picked)
            RETURNING id, lease_token, job_type, job_data, attempts, max_attempts, user_id, priority, scheduled_at
            """
        ) { Claimed($0, queue) }
    }

    /// Puts jobs whose holder has not been heard of in time back in line, those with one attempt left into isolation;
    /// ends those without an attempt left, and those whose end somebody asked for.
    func takeBackExpired(now: Instant, users: inout Set<UserID>) throws {
        let found = try rows(
            """
            SELECT id FROM background_jobs WHERE status = 'processing' AND lease_until <= \(now)
            ORDER BY lease_until, id LIMIT \(Self.mostTakenBack) \(dialect.claiming)
            """
        ) { $0.text(0) }
        guard !found.isEmpty else { return }
        let expired: Query = "status = 'processing' AND lease_until <= \(now) AND id IN \(list: found)"
        try change(.ended("cancelled", now), where: "\(expired) AND is_cancel_requested = 1", users: &users)
        try change(.ended("failed", now, Self.wornOut), where: "\(expired) AND attempts >= max_attempts", users: &users)
        let (isolated, failure) = (JobQueue.isolated.rawValue, Self.stopped)
        try change(
            """
            status = 'pending', worker_id = NULL, lease_until = NULL,
                queue = CASE WHEN attempts + 1 >= max_attempts THEN \(isolated) ELSE queue END,
                failure_class = \(failure.failureClass.rawValue), error_message = \(failure.reason), updated_at = \(now)
            """, where: expired, users: &users)
    }

    /// More wait for the next look.
    private static let mostTakenBack = 500
    private static let stopped = JobFailure(.transient, "Kapture stopped while this ran. It is tried again.")
    private static let wornOut = JobFailure(.structural, "Kapture stopped while this ran, and no attempt is left.")
}

/// A claimed row with what orders it.
private struct Claimed {
    let job: LeasedJob
    private let priority: Int64
    private let scheduledAt: Instant

    init(_ row: Row, _ queue: JobQueue) {
        job = LeasedJob(
            JobLease(row.id(0), token: row.integer(1)), request: (row.text(2), row.text(3)), queue: queue,
            tries: Job.Tries(Int(row.integer(4)), of: Int(row.integer(5))),
            userID: row.optionalText(6).map(UserID.init(rawValue:)))
        (priority, scheduledAt) = (row.integer(7), row.instant(8))
    }

    static func isBefore(_ one: Claimed, _ other: Claimed) -> Bool {
        if one.priority != other.priority { return one.priority > other.priority }
        if one.scheduledAt != other.scheduledAt { return one.scheduledAt < other.scheduledAt }
        return one.job.lease.id < other.job.lease.id
    }
}
