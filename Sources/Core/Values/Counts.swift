/// A post's public numbers at one moment. `nil` is unknown and never means zero.
package struct Counts: Sendable, Hashable, Codable {
    package var views: Int64?
    package var likes: Int64?
    package var shares: Int64?
    package var comments: Int64?

    /// More than any post will ever have; sums, differences and rates of it still fit their types.
    package static let largest: Int64 = 1_000_000_000_000_000

    /// A count below 0 or above `largest` is no count: it becomes unknown.
    package init(views: Int64? = nil, likes: Int64? = nil, shares: Int64? = nil, comments: Int64? = nil) {
        func plausible(_ count: Int64?) -> Int64? { count.flatMap { (0...Counts.largest).contains($0) ? $0 : nil } }
        (self.views, self.likes) = (plausible(views), plausible(likes))
        (self.shares, self.comments) = (plausible(shares), plausible(comments))
    }

    /// The larger known value of each count: how two sightings of one post at one instant are merged.
    package func merged(with other: Counts) -> Counts {
        func larger(_ left: Int64?, _ right: Int64?) -> Int64? {
            guard let left, let right else { return left ?? right }
            return max(left, right)
        }
        return Counts(
            views: larger(views, other.views), likes: larger(likes, other.likes),
            shares: larger(shares, other.shares), comments: larger(comments, other.comments))
    }

    package var isEmpty: Bool { views == nil && likes == nil && shares == nil && comments == nil }
}

/// A post's numbers at one moment.
package struct Snapshot: Sendable, Hashable, Codable {
    package let observedAt: Instant
    package let counts: Counts

    package init(observedAt: Instant, counts: Counts) {
        (self.observedAt, self.counts) = (observedAt, counts)
    }
}
