import Core
import Templates

/// An ideaboard as its owner shares it: of the owner nothing but the name they chose, of their trends what is public.
package struct SharedBoardPage: AddressedPage {
    package let route: Route
    let assets: AssetAddresses
    let title: String
    let description: String?
    let author: String?
    let edited: Moment
    let prose: SafeHTML
    let proofs: [BoardProof]

    /// `prose` is the board's content as HTML; `evidence` its trends, in their order.
    package init(
        assets: AssetAddresses, board: Ideaboard, slug: String, owner: User, prose: SafeHTML, evidence: [Trend]
    ) {
        (route, self.assets, self.prose) = (.shared(slug: slug), assets, prose)
        title = board.displayTitle
        description = board.description.flatMap { $0.isEmpty ? nil : $0 }
        author = owner.name?.visibleLine(100)
        edited = Moment(board.updatedAt)
        proofs = evidence.map(BoardProof.init)
    }

    package static var fields: Fields<SharedBoardPage> {
        Fields {
            Field.link("css") { $0.assets.css }
            Field.link("publicCSS") { $0.assets.publicCSS }
            Field.link("favicon") { $0.assets.favicon }
            Field.text("title") { $0.title }
            Field.optionalText("description") { $0.description }
            Field.optionalText("author") { $0.author }
            Field.one("edited") { $0.edited }
            Field.html("prose") { $0.prose }
            Field.flag("hasText") { !$0.prose.bytes.isEmpty }
            Field.flag("hasProofs") { !$0.proofs.isEmpty }
            Field.list("proofs") { $0.proofs }
        }
    }
}

/// A trend as evidence in a line of text: what its platform shows to everybody.
package struct BoardProof: Templated {
    let title: String
    let words: String
    let source: Link?

    init(_ trend: Trend) {
        (title, source) = (trend.post.displayTitle, Link(trend.post.url))
        words = BoardProof.words(trend)
    }

    /// "Title · Author · YouTube · 410k views"
    static func sentence(_ trend: Trend) -> String { "\(trend.post.displayTitle) · \(words(trend))" }

    private static func words(_ trend: Trend) -> String {
        let figures = CountFigure.two(of: trend.counts).map { "\($0.short) \($0.noun)" }
        return ([trend.post.displayAuthor, trend.post.platform.name] + figures).joined(separator: " · ")
    }

    package static var fields: Fields<BoardProof> {
        Fields {
            Field.text("title") { $0.title }
            Field.text("words") { $0.words }
            Field.optionalLink("source") { $0.source }
        }
    }
}
