/// What scoring knows of a post: when it was published and its numbers over time.
package struct PostHistory: Sendable, Hashable {
    package let id: String
    package let publishedAt: Instant?
    /// Oldest first, at most one an instant.
    package let snapshots: [Snapshot]
    /// What counts as "this post's number": views where any are known, else likes.
    package let measure: Measure?

    /// A post last seen more than a day before it claims to be published has no publish time: the claim is wrong.
    /// Less is a clock that differs, or a sighting known by its day alone.
    package init(id: String, publishedAt: Instant?, snapshots: [Snapshot]) {
        let isWrong = publishedAt.flatMap { claim in snapshots.last.map { $0.observedAt.hours(since: claim) < -24 } }
        (self.id, self.publishedAt, self.snapshots) = (id, isWrong == true ? nil : publishedAt, snapshots)
        measure = Measure.allCases.first { measure in snapshots.contains { measure.value(of: $0.counts) != nil } }
    }

    /// The known values of `measure`, oldest first.
    package func values(of measure: Measure) -> [(at: Instant, value: Int64)] {
        snapshots.compactMap { snapshot in measure.value(of: snapshot.counts).map { (snapshot.observedAt, $0) } }
    }

    /// The value at an age, log-linear between the two snapshots around it: the logarithm of the value is linear in age.
    ///
    /// `nil` without a publish time, outside the snapshots, or when neither of the two lies within `age`/1.5 … 1.5 `age`.
    package func value(of measure: Measure, atAge age: Double) -> Double? {
        guard let publishedAt, age > 0 else { return nil }
        var before: (age: Double, value: Int64)?
        for point in values(of: measure) {
            let after = (age: point.at.hours(since: publishedAt), value: point.value)
            if after.age == age { return Double(after.value) }
            if after.age > age {
                guard let before, PostHistory.isNear(before.age, age) || PostHistory.isNear(after.age, age) else {
                    return nil
                }
                return PostHistory.interpolated(before, after, age)
            }
            before = after.age > 0 ? after : nil
        }
        return nil
    }

    private static func isNear(_ other: Double, _ age: Double) -> Bool {
        other >= age / 1.5 && other <= age * 1.5
    }

    /// One is added before taking logarithms, so that a value of zero has one.
    private static func interpolated(
        _ before: (age: Double, value: Int64), _ after: (age: Double, value: Int64), _ age: Double
    ) -> Double {
        let share = (age - before.age) / (after.age - before.age)
        let (low, high) = (Mathematics.ln(Double(before.value) + 1), Mathematics.ln(Double(after.value) + 1))
        return max(0, Mathematics.exp(low + share * (high - low)) - 1)
    }
}
