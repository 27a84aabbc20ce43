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
    package var createdAt: Instant
    package var updatedAt: Instant

    package init(
        id: IdeaboardID, title: String, description: String? = nil, content: String, tags: [String] = [],
        status: IdeaboardStatus = .draft, trendIDs: [TrendID] = [], slug: String? = nil, createdAt: Instant,
        updatedAt: Instant
    ) {
        (self.id, self.title, self.description, self.content) = (id, title, description, content)
        (self.tags, self.status, self.trendIDs, self.slug) = (tags, status, trendIDs, slug)
        (self.createdAt, self.updatedAt) = (createdAt, updatedAt)
    }
}
