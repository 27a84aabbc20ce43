import Core

/// A request that is enqueued again and again.
package struct ScheduledTask: Sendable {
    /// Stored with each slot, so never changed.
    let name: String
    let schedule: CronSchedule
    let fire: @Sendable (any SlotFiring, JobSlot, _ now: Instant) async throws -> JobID?

    /// While the job of one slot waits or runs, later slots add no other.
    package init(_ name: String, _ schedule: CronSchedule, _ request: some JobRequest, _ terms: JobTerms = JobTerms()) {
        (self.name, self.schedule) = (name, schedule)
        var terms = terms
        terms.uniqueKey = terms.uniqueKey ?? name
        fire = { [terms] firing, slot, now in try await firing.fire(request, terms, slot: slot, now: now) }
    }
}
