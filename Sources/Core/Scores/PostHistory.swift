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
}
