/// What happened to the sightings of one import or scrape.
package struct IngestSummary: Sendable, Equatable {
    /// Posts that were not known before.
    package var new = 0
    /// Known posts with a new snapshot, a larger count or changed content.
    package var updated = 0
    package var unchanged = 0

    package init() {}

    package static func += (left: inout IngestSummary, right: IngestSummary) {
        left.new += right.new
        left.updated += right.updated
        left.unchanged += right.unchanged
    }
}

/// A sighting whose time of observation is settled.
package struct Observation: Sendable, Hashable {
    package let post: Post
    package let counts: Counts
    package let observedAt: Instant

    package init(_ sighting: Sighting, observedAt: Instant) {
        (post, counts, self.observedAt) = (sighting.post, sighting.counts, observedAt)
    }
}

/// What was stored, and for which posts.
package struct Ingested: Sendable, Equatable {
    package var summary = IngestSummary()
    /// Every post that was seen, changed or not.
    package var posts: Set<PostID> = []
    /// Those whose content, author or numbers changed.
    package var changed: Set<PostID> = []

    package init() {}

    package static func += (left: inout Ingested, right: Ingested) {
        left.summary += right.summary
        left.posts.formUnion(right.posts)
        left.changed.formUnion(right.changed)
    }
}

/// Stores posts with their history and brings the trends that follow from them up to date.
package protocol Ingesting: Sendable {
    /// Stores posts, authors and snapshots in one transaction, and marks what changed for a fan-out to the chosen
    /// watchlists, or to all. Storing the same again changes nothing.
    func store(_ observations: [Observation], for chosen: Set<WatchlistID>?) throws -> Ingested
    /// Matches posts against watchlists (all of them, or only `watchlists`) and rescores their trends where numbers,
    /// content or membership changed; one short transaction per user, in order of id. Doing it again, or after it was
    /// cut off, changes only what is not yet done; what others began and did not end is brought to its end, too. `check` is
    /// called between users, and ends it when it throws. Returns what to publish.
    func fanOut(
        _ ingested: Ingested, to watchlists: Set<WatchlistID>?, now: Instant, check: () throws -> Void
    ) throws -> [Change]
}

extension Ingesting {
    /// For a fan-out to all watchlists.
    package func store(_ observations: [Observation]) throws -> Ingested { try store(observations, for: nil) }

    package func fanOut(_ ingested: Ingested, to watchlists: Set<WatchlistID>?, now: Instant) throws -> [Change] {
        try fanOut(ingested, to: watchlists, now: now) {}
    }
}
