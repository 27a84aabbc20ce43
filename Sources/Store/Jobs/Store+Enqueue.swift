import Core
import SQL

// The seam of the job queue until it is merged: same names, nothing stored.
extension Store {
    func enqueuing<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await database.write(body)
    }
}

extension Connection {
    @discardableResult
    func enqueue(_ request: some JobRequest, _ terms: JobTerms = JobTerms(), id: JobID, now: Instant) throws -> JobID {
        id
    }
}
