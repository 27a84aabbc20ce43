import Core
import Templates

/// An ideaboard as lists show it.
package struct BoardCard: Sendable {
    package let id: IdeaboardID
    package let title: String
    let link: Link
    let description: String?
    let status: String
    let statusName: String
    let evidence: String
    let covers: [String]
    let edited: Moment
    let tags: [String]
    /// All its tags, as they were written.
    let filedUnder: [String]

    /// `cards` are trends by their id; evidence that is not among them is counted but not drawn.
    package init(_ board: Ideaboard, cards: [TrendID: TrendCard]) {
        id = board.id
        title = board.displayTitle
        link = Link(path: Route.ideaboard(board.id).path)
        description = board.description.flatMap { $0.isEmpty ? nil : $0.oneLine(180) }
        (status, statusName) = (board.status.rawValue, board.status.name)
        evidence = Figures.plural(board.trendIDs.count, "proof")
        covers = board.trendIDs.compactMap { cards[$0]?.face.look }.prefix(4).map { $0 }
        edited = Moment(board.updatedAt)
        tags = board.tags.prefix(8).map { $0.oneLine(40) }
        filedUnder = board.tags
    }
}

extension Ideaboard {
    var displayTitle: String { title.visibleLine(140) ?? Self.untitled }

    static let untitled = "Untitled board"
}

extension IdeaboardStatus {
    var name: String {
        switch self {
        case .draft: "Draft"
        case .published: "Published"
        case .archived: "Archived"
        }
    }
}

extension BoardCard: Templated {
    package static var fields: Fields<BoardCard> {
        Fields {
            Field.text("id") { $0.id.rawValue }
            Field.text("title") { $0.title }
            Field.link("link") { $0.link }
            Field.optionalText("description") { $0.description }
            Field.text("status") { $0.status }
            Field.text("statusName") { $0.statusName }
            Field.text("evidence") { $0.evidence }
            Field.flag("hasCovers") { !$0.covers.isEmpty }
            Field.texts("covers") { $0.covers }
            Field.one("edited") { $0.edited }
            Field.texts("tags") { $0.tags }
        }
    }
}
