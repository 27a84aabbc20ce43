import Core

extension Ideaboard: Described {
    static let shape = Shape<Ideaboard>.object(
        "Ideaboard", entryProperties + [Property("content", .text(like: "## Hook"), "Markdown.") { $0.content }])

    /// All but the text.
    static let entryProperties: [Property<Ideaboard>] = [
        Property("id", .id()) { $0.id },
        Property("title", .text(like: "Selling to machines")) { $0.title },
        Property("description", .text) { $0.description },
        Property("tags", .list(.text(like: "formats"))) { $0.tags },
        Property("status", .choice()) { $0.status },
        Property("trend_ids", .list(.id()), "Its evidence, in its order.") { $0.trendIDs },
        Property("version", .integer(like: 3), "What an edit names as its base.") { $0.version },
        Property("share_path", .text(like: "/shared/0123456789abcdef0123456789abcdef/"), "Null unless it is shared.") {
            $0.slug.map { Route.shared(slug: $0).path }
        },
        Property("created_at", .instant) { $0.createdAt },
        Property("updated_at", .instant, "When it was last written.") { $0.updatedAt },
    ]
}

/// An ideaboard in a list: without its text.
struct BoardEntry: Sendable {
    let board: Ideaboard
}

extension BoardEntry: Described {
    static let shape = Shape<BoardEntry>.object("IdeaboardEntry", Ideaboard.entryProperties.map { $0.of(\.board) })
}

extension IdeaboardVersion: Described {
    static let shape = Shape<IdeaboardVersion>.object(
        "IdeaboardVersion", entryProperties + [Property("content", .text(like: "## Hook"), "Markdown.") { $0.content }])

    static let entryProperties: [Property<IdeaboardVersion>] = [
        Property("number", .integer(like: 3)) { $0.number },
        Property("title", .text(like: "Selling to machines")) { $0.title },
        Property("description", .text) { $0.description },
        Property("saved_at", .instant) { $0.savedAt },
    ]
}

/// A version in a list: without its text.
struct VersionEntry: Sendable {
    let version: IdeaboardVersion
}

extension VersionEntry: Described {
    static let shape = Shape<VersionEntry>.object(
        "IdeaboardVersionEntry", IdeaboardVersion.entryProperties.map { $0.of(\.version) })
}
