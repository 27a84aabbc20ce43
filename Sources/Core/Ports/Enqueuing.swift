/// Puts jobs into the queue, one transaction each. Where a job belongs to another write, the store's own operation
/// enqueues it in that write's transaction instead.
package protocol Enqueuing: Sendable {
    /// Returns the new job's id, or that of the waiting or running job with the same unique key.
    @discardableResult
    func enqueue(_ request: some JobRequest, _ terms: JobTerms, now: Instant) async throws -> JobID
}
