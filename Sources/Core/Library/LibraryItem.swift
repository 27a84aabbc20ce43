/// Something that a user keeps or may keep: a trend or an ideaboard, with the collections that hold it.
package struct LibraryItem: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        case trend(Trend)
        /// Without its text.
        case board(Ideaboard)
    }

    package let content: Content
    /// Oldest collection first.
    package let collectionIDs: [CollectionID]

    package init(_ content: Content, in collectionIDs: [CollectionID] = []) {
        (self.content, self.collectionIDs) = (content, collectionIDs)
    }

    package var trend: Trend? { if case .trend(let trend) = content { trend } else { nil } }
    package var board: Ideaboard? { if case .board(let board) = content { board } else { nil } }
}

/// What of a user's things is asked for; newest first.
package struct LibraryRequest: Sendable, Hashable {
    package enum Scope: String, Sendable, Hashable {
        /// Saved trends and ideaboards.
        case kept
        /// Every trend that is not hidden, and hidden ones where the query asks for them, and ideaboards.
        case everything
    }

    package var scope: Scope
    package var query: LibraryQuery
    package var collection: CollectionID?

    package init(_ scope: Scope, _ query: LibraryQuery = LibraryQuery(), in collection: CollectionID? = nil) {
        (self.scope, self.query, self.collection) = (scope, query, collection)
    }
}

/// One edit of several things; what is `nil` or empty stays. Trends that are put into a collection become saved.
package struct LibraryEdit: Sendable, Hashable {
    package var trends: [TrendID]
    package var boards: [IdeaboardID]
    package var addTo: CollectionID?
    package var removeFrom: CollectionID?
    /// Of the trends; ideaboards have none.
    package var state: TrendState?
    package var adding: [String] = []
    package var removing: [String] = []

    package init(trends: [TrendID] = [], boards: [IdeaboardID] = []) {
        (self.trends, self.boards) = (trends, boards)
    }

    /// What becomes of a trend's state and tags.
    package var ofTrends: TrendBulkEdit {
        TrendBulkEdit(state: state ?? (addTo == nil ? nil : .saved), adding: adding, removing: removing)
    }
}

/// Which of the named things are the user's and now as asked.
package struct OrganizedItems: Sendable, Hashable {
    package let trends: [TrendID]
    package let boards: [IdeaboardID]

    package init(trends: [TrendID], boards: [IdeaboardID]) {
        (self.trends, self.boards) = (trends, boards)
    }
}
