import Core
import SQL

extension Store: SlotFiring {
    package func introduce(_ task: String, slot: Instant, now: Instant) async throws {
        _ = try await database.write { connection in
            let known = try connection.first("SELECT 1 FROM job_slots WHERE task = \(task) LIMIT 1") { _ in true }
            if known == nil { try connection.insert(JobSlot(task, at: slot), now: now) }
        }
    }

    package func fire(
        _ request: some JobRequest, _ terms: JobTerms, slot: JobSlot, now: Instant
    ) async throws -> JobID? {
        let id: JobID = makeID(now)
        return try await enqueuing { connection in
            guard try connection.take(slot, now: now) else { return nil }
            let job = try connection.enqueue(request, terms, id: id, now: now)
            try connection.execute(
                "UPDATE job_slots SET job_id = \(job) WHERE task = \(slot.task) AND run_at = \(slot.runAt)")
            return job
        }
    }
}

extension Connection {
    /// False when this slot or a later one was taken before, by anybody.
    fileprivate func take(_ slot: JobSlot, now: Instant) throws -> Bool {
        let newest = try first("SELECT max(run_at) FROM job_slots WHERE task = \(slot.task)") { $0.optionalInstant(0) }
        if let newest = newest ?? nil, newest >= slot.runAt { return false }
        guard try insert(slot, now: now) else { return false }
        let week = slot.runAt.adding(hours: -24 * 7)
        try execute("DELETE FROM job_slots WHERE task = \(slot.task) AND run_at < \(week)")
        return true
    }

    @discardableResult
    fileprivate func insert(_ slot: JobSlot, now: Instant) throws -> Bool {
        try execute(
            """
            INSERT INTO job_slots (task, run_at, fired_at) VALUES (\(slot.task), \(slot.runAt), \(now))
            ON CONFLICT (task, run_at) DO NOTHING
            """) == 1
    }
}
