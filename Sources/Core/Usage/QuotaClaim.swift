/// Units of a limit that somebody wants to use.
package struct QuotaClaim: Sendable, Hashable {
    package let user: UserID
    package let limit: PlanLimit
    /// At least 1; of storage, bytes.
    package let units: Int64
    /// For how long the units are set aside when nobody settles, refunds or extends them.
    package let seconds: Int64

    package init(_ units: Int64 = 1, of limit: PlanLimit, for user: UserID, seconds: Int64 = 3600) {
        (self.units, self.limit, self.user) = (max(1, units), limit, user)
        self.seconds = seconds
    }
}

package typealias ReservationID = Identifier<Reservation>

/// Units set aside for work that is not done yet.
package struct Reservation: Sendable, Hashable {
    package let id: ReservationID
    /// What is used of the limit now, this reservation included.
    package let usage: Usage
    package let change: Change

    package init(id: ReservationID, usage: Usage, change: Change) {
        (self.id, self.usage, self.change) = (id, usage, change)
    }
}

/// Asks for the regular tidying of usage: what crashed work had set aside is given back.
package struct ReleaseUsage: JobRequest {
    package static let jobName = "release-usage"
    package static let queue = JobQueue.upkeep

    package init() {}
}
