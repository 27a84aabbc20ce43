/// Permits that a process wants of one key within one window of time.
package struct PermitDemand: Sendable, Hashable {
    package let key: String
    /// When the window began.
    package let window: Instant
    package let units: Int
    /// How many there are in the window, over all processes.
    package let limit: Int

    package init(_ key: String, in window: Instant, units: Int, limit: Int) {
        (self.key, self.window, self.units, self.limit) = (key, window, units, limit)
    }
}

/// What became of a demand.
package struct PermitGrant: Sendable, Hashable {
    /// From none to all of the units asked for.
    package let units: Int
    /// Permits of the window that nobody holds yet.
    package let left: Int

    package init(units: Int, left: Int) {
        (self.units, self.left) = (units, left)
    }

    /// The grant when `taken` permits of the limit are given out, those of the demand included.
    package init(_ demand: PermitDemand, taken: Int) {
        let before = taken - demand.units
        self.init(units: max(0, min(demand.units, demand.limit - before)), left: max(0, demand.limit - taken))
    }
}

/// Gives out permits, never more than the limit of a key and window, however many processes ask.
package protocol PermitLeasing: Sendable {
    /// One grant a demand, in their order; all of them at once, or none when it throws.
    func lease(_ demands: [PermitDemand]) async throws -> [PermitGrant]
    /// Forgets windows that began before this moment.
    func forgetPermits(before window: Instant) async throws
}
