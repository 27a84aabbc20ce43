/// What a creator says of a watchlist: valid once it exists.
package struct WatchlistDraft: Sendable, Hashable {
    package static let nameLength = 1...80

    package let name: String
    package let rule: WatchlistRule

    /// The name is trimmed, 1–80 characters.
    package init(name: String, rule: WatchlistRule) throws(ValidationError) {
        let name = name.trimmed
        guard WatchlistDraft.nameLength.contains(name.count) else {
            throw .outOfRange(field: "name", allowed: "1–80 characters long")
        }
        (self.name, self.rule) = (name, rule)
    }
}

/// What a rule would let in, before it is saved.
package struct WatchlistPreview: Sendable, Equatable {
    /// How many stored posts were looked at, the newest first.
    package let examined: Int
    package let matching: Int
    /// The newest that match, with their latest numbers.
    package let samples: [Sighting]

    package static let mostExamined = 5000
    package static let mostSamples = 12

    package init(examined: Int, matching: Int, samples: [Sighting]) {
        (self.examined, self.matching, self.samples) = (examined, matching, samples)
    }
}
