/// A user's own shelf in the library: trends and ideaboards under a name. Swift's `Collection` is another thing.
package struct LibraryCollection: Sendable, Hashable {
    package let id: CollectionID
    package var name: String
    /// Members that are in the library: saved trends and ideaboards.
    package var itemCount: Int64
    package let createdAt: Instant
    package var updatedAt: Instant

    package init(id: CollectionID, name: String, itemCount: Int64 = 0, createdAt: Instant, updatedAt: Instant) {
        (self.id, self.name, self.itemCount) = (id, name, itemCount)
        (self.createdAt, self.updatedAt) = (createdAt, updatedAt)
    }

    package static let nameLength = 1...60
    /// How many a user can have: every page of the library names them all.
    package static let most = 24
    /// How many things one can hold.
    package static let mostItems = 1000

    /// Two collections of one user never have names that differ by case alone.
    package static func key(_ name: String) -> String { name.lowercased() }
}

package typealias CollectionID = Identifier<LibraryCollection>

/// A collection with what was put into it, in the library or not.
package struct CollectionContents: Sendable, Hashable {
    package var collection: LibraryCollection
    package var trendIDs: Set<TrendID> = []
    package var boardIDs: Set<IdeaboardID> = []

    package init(_ collection: LibraryCollection) {
        self.collection = collection
    }
}
