import Core
import Templates

/// An ideaboard: its text beside its evidence.
package struct IdeaboardPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let card: BoardCard
    let prose: SafeHTML
    let hasText: Bool
    let evidence: [TrendCard]
    let empty: EmptyState?

    /// `prose` is the board's content as HTML; `evidence` its trends, in the order in which they were attached.
    package init(frame: SitePageFrame, board: Ideaboard, prose: SafeHTML, evidence: [TrendCard]) {
        route = .ideaboard(board.id)
        card = BoardCard(board, cards: [:])
        self.frame = frame.showing(card.title, at: route)
        (self.prose, self.evidence) = (prose, evidence)
        hasText = !prose.bytes.isEmpty
        empty =
            evidence.isEmpty
            ? EmptyState(
                frame.assets.icon("trends"), "No trend is attached to this board yet.", action: "Go through the trends",
                .trends(page: 1))
            : nil
    }

    package static var fields: Fields<IdeaboardPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.one("card") { $0.card }
            Field.html("prose") { $0.prose }
            Field.flag("hasText") { $0.hasText }
            Field.flag("hasEvidence") { !$0.evidence.isEmpty }
            Field.list("evidence") { $0.evidence }
            Field.optional("empty") { $0.empty }
        }
    }
}
