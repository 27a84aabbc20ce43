import Core

extension PlanBook {
    /// One plan, under the id that new accounts have.
    package static func only(_ limits: [PlanLimit: Int64]) throws -> PlanBook {
        let all = Dictionary(uniqueKeysWithValues: PlanLimit.allCases.map { ($0, limits[$0] ?? 0) })
        let terms = Plan.Terms(name: "Free", priceUSDPerMonth: 0, order: 1, limits: all)
        guard let book = PlanBook([try Plan(id: "free", terms: terms, body: "")]) else {
            throw ValidationError(field: "plans", rule: "must not be empty")
        }
        return book
    }
}
