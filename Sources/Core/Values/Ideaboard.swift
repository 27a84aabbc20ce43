package enum IdeaboardStatus: String, Sendable, Hashable, CaseIterable, Codable {
    case draft, published, archived
}

/// A creator's working document: Markdown beside its evidence.
package struct Ideaboard: Sendable, Hashable {
    package let id: IdeaboardID
    package var title: String
    package var description: String?
    /// Markdown, at most 256 KiB.
    package var content: String
    package var tags: [String]
    package var status: IdeaboardStatus
    /// The attached trends, in the order in which they were attached.
    package var trendIDs: [TrendID]
    /// The address under `/shared/`, when it is shared.
    package var slug: String?
    /// Grows with every change of what the user writes, from 1: edits name the one they are based on.
    package var version: Int64
    package var createdAt: Instant
    package var updatedAt: Instant

    package init(
        id: IdeaboardID, title: String, description: String? = nil, content: String, tags: [String] = [],
        status: IdeaboardStatus = .draft, trendIDs: [TrendID] = [], slug: String? = nil, version: Int64 = 1,
        createdAt: Instant, updatedAt: Instant
    ) {
        (self.id, self.title, self.description, self.content) = (id, title, description, content)
        (self.tags, self.status, self.trendIDs, self.slug) = (tags, status, trendIDs, slug)
        (self.version, self.createdAt, self.updatedAt) = (version, createdAt, updatedAt)
    }

    package static let titleLength = 1...200
    package static let descriptionLength = 0...1000
    /// Bytes of UTF-8.
    package static let contentLimit = 256 << 10
    package static let mostTrends = 200

    /// What the user writes, without what follows from it.
    package var draft: IdeaboardDraft {
        get {
            IdeaboardDraft(title: title, description: description, content: content, tags: tags, status: status)
        }
        set {
            (title, description, content) = (newValue.title, newValue.description, newValue.content)
            (tags, status) = (newValue.tags, newValue.status)
        }
    }
}
