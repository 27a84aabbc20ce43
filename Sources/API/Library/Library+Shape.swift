import Core

extension LibraryItem: Described {
    static let shape = Shape<LibraryItem>.object(
        "LibraryItem",
        [
            Property("kind", .text(like: "trend"), "trend or ideaboard.") { $0.trend == nil ? "ideaboard" : "trend" },
            Property("path", .text(like: "/trends/01990000-0000-7000-8000-000000000001/"), "Its page.") { $0.path },
            Property("collection_ids", .list(.id())) { $0.collectionIDs },
            Property("trend", Trend.shape, "Null for an ideaboard.") { $0.trend },
            Property("ideaboard", BoardEntry.shape, "Null for a trend.") { $0.board.map(BoardEntry.init) },
        ])

    private var path: String {
        switch content {
        case .trend(let trend): Route.trend(trend.id).path
        case .board(let board): Route.ideaboard(board.id).path
        }
    }
}

extension LibraryCollection: Described {
    static let shape = Shape<LibraryCollection>.object(
        "Collection",
        [
            Property("id", .id()) { $0.id },
            Property("name", .text(like: "Hooks that worked")) { $0.name },
            Property("item_count", .integer(like: 12), "Saved trends and ideaboards in it.") { $0.itemCount },
            Property("created_at", .instant) { $0.createdAt },
            Property("updated_at", .instant, "When it was last named.") { $0.updatedAt },
        ])
}

extension OrganizedItems: Described {
    static let shape = Shape<OrganizedItems>.object(
        "OrganizedItems",
        [
            Property("ids", .list(.id()), "The trends among them that are yours.") { $0.trends },
            Property("boards", .list(.id()), "The ideaboards among them that are yours.") { $0.boards },
        ])
}
