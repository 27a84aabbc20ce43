import Core
import Templates

/// An ideaboard: its text beside its evidence, and everything that can be done with it.
package struct IdeaboardPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let card: BoardCard
    let description: String?
    let prose: SafeHTML
    let hasText: Bool
    let evidence: [TrendCard]
    let empty: EmptyState?
    let editor: BoardEditor
    let proofs: [AttachedProof]
    let actions: BoardActions

    /// `prose` is the board's content as HTML; `evidence` its trends, in the order in which they were attached; `origin`
    /// what the address of a shared board begins with.
    package init(frame: SitePageFrame, board: Ideaboard, prose: SafeHTML, evidence: [TrendCard], origin: String) {
        route = .ideaboard(board.id)
        card = BoardCard(board, cards: [:])
        description = board.description.flatMap { $0.isEmpty ? nil : $0 }
        self.frame = frame.showing(card.title, at: route)
        (self.prose, self.evidence) = (prose, evidence)
        hasText = !prose.bytes.isEmpty
        editor = BoardEditor(BoardForm(board), problems: [])
        proofs = AttachedProof.all(evidence, of: board)
        actions = BoardActions(board, origin: origin)
        empty =
            evidence.isEmpty
            ? EmptyState(
                frame.assets.icon("trends"), "No trend is attached to this board yet.", action: "Choose trends",
                .attachTrends(board.id))
            : nil
    }

    package static var fields: Fields<IdeaboardPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("boardsCSS") { $0.frame.assets.boardsCSS }
            Field.link("boardsJS") { $0.frame.assets.boardsJS }
            Field.one("card") { $0.card }
            Field.optionalText("description") { $0.description }
            Field.html("prose") { $0.prose }
            Field.flag("hasText") { $0.hasText }
            Field.flag("hasEvidence") { !$0.evidence.isEmpty }
            Field.list("evidence") { $0.evidence }
            Field.optional("empty") { $0.empty }
            Field.one("editor") { $0.editor }
            Field.list("proofs") { $0.proofs }
            Field.one("actions") { $0.actions }
        }
    }
}

/// One attached trend among the controls that order and detach them.
struct AttachedProof: Templated {
    let id: String
    let title: String
    /// `nil` for the first.
    let raise: Link?
    let detach: Link

    static func all(_ cards: [TrendCard], of board: Ideaboard) -> [AttachedProof] {
        let raise = Link(path: APIRoute.ideaboardForm(.raise, board.id).path)
        let detach = Link(path: APIRoute.ideaboardForm(.detach, board.id).path)
        return cards.enumerated().map { index, card in
            AttachedProof(
                id: card.id.rawValue, title: card.face.title, raise: index > 0 ? raise : nil, detach: detach)
        }
    }

    static var fields: Fields<AttachedProof> {
        Fields {
            Field.text("id") { $0.id }
            Field.text("title") { $0.title }
            Field.optionalLink("raise") { $0.raise }
            Field.link("detach") { $0.detach }
        }
    }
}

/// Where the forms of a board's page post to, and its address when it is shared.
struct BoardActions: Templated {
    private let id: IdeaboardID
    private let shared: NamedLink?

    init(_ board: Ideaboard, origin: String) {
        id = board.id
        shared = board.slug.map { slug in
            let route = Route.shared(slug: slug)
            return NamedLink(origin + route.path, route)
        }
    }

    static var fields: Fields<BoardActions> {
        Fields {
            Field.optional("shared") { $0.shared }
            Field.link("share") { Link(path: APIRoute.ideaboardShare($0.id).path) }
            Field.link("unshare") { Link(path: APIRoute.ideaboardForm(.unshare, $0.id).path) }
            Field.link("delete") { Link(path: APIRoute.ideaboardForm(.delete, $0.id).path) }
            Field.link("history") { Link(path: Route.ideaboardHistory($0.id).path) }
            Field.link("attach") { Link(path: Route.attachTrends($0.id).path) }
        }
    }
}
