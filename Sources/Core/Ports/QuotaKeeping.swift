/// Counts what users use of their plans. Units are reserved before the work, and settled or refunded after it; both may
/// be said twice. `nil` instead of a change means that nothing was left to do.
package protocol QuotaKeeping: Sendable {
    /// What the usage page and `meta.usage` show; `nil` when there is no such user.
    func usage(of user: UserID, now: Instant) async throws -> UsageReport?
    /// How many a user's plan allows of what is held, for the statement that inserts one more. Throws for no such user.
    func allowance(of limit: PlanLimit, for user: UserID) async throws -> Int64
    /// Sets units aside, or throws `QuotaExceeded`: exact however many processes ask at once.
    func reserve(_ claim: QuotaClaim, now: Instant) async throws -> Reservation
    /// Keeps a reservation for as long as work goes on; false when it is no longer one.
    func extend(_ id: ReservationID, until end: Instant) async throws -> Bool
    /// Counts the units as used, in the period in which they were reserved: all of them, or only `units`.
    func settle(_ id: ReservationID, units: Int64?, now: Instant) async throws -> Change?
    /// Gives the units back.
    func refund(_ id: ReservationID, now: Instant) async throws -> Change?
    /// Gives back units that are held no more, such as the bytes of a deleted file.
    func giveBack(_ units: Int64, of limit: PlanLimit, for user: UserID, now: Instant) async throws -> Change?
    /// Gives back what was reserved by whoever never came back, and forgets reservations that ended long ago.
    func releaseExpired(now: Instant) async throws -> [Change]
    /// Marks the periods that ended before this moment as archived, and returns how many.
    func archivePeriods(endedBefore moment: Instant, now: Instant) async throws -> Int
}

extension QuotaKeeping {
    /// Counts all of the units as used.
    package func settle(_ id: ReservationID, now: Instant) async throws -> Change? {
        try await settle(id, units: nil, now: now)
    }
}
