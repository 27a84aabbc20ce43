import Core
import SQL

extension Store: Enqueuing, Waking {
    @discardableResult
    package func enqueue(_ request: some JobRequest, _ terms: JobTerms, now: Instant) async throws -> JobID {
        let id: JobID = makeID(now)
        return try await enqueuing(.rows) { try $0.enqueue(request, terms, id: id, now: now) }
    }

    /// Enqueues many in one transaction; terms with a unique key make one of them all. Returns their ids in order.
    @discardableResult
    package func enqueueAll(_ requests: [some JobRequest], _ terms: JobTerms, now: Instant) async throws -> [JobID] {
        let ids = requests.map { _ in makeID(now) as JobID }
        return try await enqueuing(.rows) { connection in
            try zip(requests, ids).map { try connection.enqueue($0, terms, id: $1, now: now) }
        }
    }

    /// As `database.write`, for every operation that enqueues: wakes this process's workers after the commit.
    func enqueuing<Value: Sendable>(
        _ isolation: Isolation = .serial, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        let value = try await database.write(isolation, body)
        bell.ring()
        return value
    }

    /// On PostgreSQL jobs that any process enqueued, within milliseconds, and behind pgbouncer within 250. On SQLite
    /// those of this process; workers elsewhere look by themselves, at most a second later.
    package func wakeUps() -> AsyncStream<Void> {
        guard database.engine == .postgres else { return bell.wakeUps() }
        let feed = database.changes()
        return AsyncStream { await feed.first { $0.mayConcern(.jobs) }.map { _ in } }
    }
}

extension Connection {
    /// Enqueues inside the caller's transaction: the job exists exactly when what it belongs to does. Use it within
    /// `Store.enqueuing`. `id` names the job when it is new. Returns the new job, or the one that waits or runs already
    /// under the same unique key.
    @discardableResult
    func enqueue<Request: JobRequest>(
        _ request: Request, _ terms: JobTerms = JobTerms(), id: JobID, now: Instant
    ) throws -> JobID {
        let data = try JSONColumn.encode(request)
        guard data.utf8.count <= JobLimits.dataBytes else {
            throw ValidationError.outOfRange(field: Request.jobName, allowed: "at most \(JobLimits.dataBytes) bytes")
        }
        // On PostgreSQL the job that was in the way may end between two looks.
        for _ in 0..<3 {
            if try insert(Request.self, data: data, terms, id: id, now: now) {
                try announce(.jobs)
                if let user = terms.userID { _ = try bumpSiteIfAny(of: user, for: .job) }
                return id
            }
            if let open = try openJob(Request.jobName, key: terms.uniqueKey) { return open }
        }
        throw StoreFailure.taken("the unique key of job \(Request.jobName)")
    }

    /// False when a job with the same key waits or runs.
    private func insert<Request: JobRequest>(
        _ type: Request.Type, data: String, _ terms: JobTerms, id: JobID, now: Instant
    ) throws -> Bool {
        let queue = terms.queue ?? Request.queue
        let inserted = try execute(
            """
            INSERT INTO background_jobs (id, user_id, job_type, job_data, queue, priority, unique_key, status, attempts,
                max_attempts, is_cancel_requested, lease_token, scheduled_at, created_at, updated_at)
            VALUES (\(id), \(terms.userID), \(Request.jobName), \(data), \(queue.rawValue), \(terms.priority),
                \(terms.uniqueKey), 'pending', 0, \(Request.retry.attempts), 0, 0, \(max(terms.runAt ?? now, now)),
                \(now), \(now))
            ON CONFLICT (job_type, unique_key)
                WHERE unique_key IS NOT NULL AND status IN ('pending', 'processing') DO NOTHING
            """)
        return inserted == 1
    }

    private func openJob(_ name: String, key: String?) throws -> JobID? {
        try first(
            """
            SELECT id FROM background_jobs
            WHERE job_type = \(name) AND unique_key = \(key) AND status IN ('pending', 'processing')
            """
        ) { $0.id(0) }
    }
}

enum JobLimits {
    /// A request holds ids, not objects.
    static let dataBytes = 64 << 10
    /// Characters of a reason.
    static let reasonLength = 500
}
