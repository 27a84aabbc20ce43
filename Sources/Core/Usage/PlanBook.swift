/// The plans on offer, by their id.
package struct PlanBook: Sendable {
    private let plans: [String: Plan]
    private let smallest: Plan

    /// `plans` stand in their order; there is at least one, and the first is the smallest.
    package init?(_ plans: [Plan]) {
        guard let first = plans.first else { return nil }
        smallest = first
        self.plans = Dictionary(plans.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The plan with this id; the smallest for one that is no longer offered, so that nobody is left without limits.
    package subscript(id: String) -> Plan { plans[id] ?? smallest }
}
