import Core
import Templates

/// One trend: its numbers over time, its score with the reason, and what was made from it.
package struct TrendPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let card: CardFace
    let isTall: Bool
    let state: TrendState
    let authorLink: Link?
    let text: String?
    let numbers: TrendNumbers
    let reasons: TrendReasons
    let watchlists: [NamedLink]
    let boards: [NamedLink]
    let addToBoard: Link
    let hashtags: [String]
    let tags: [String]

    /// Longer texts end in "…": the whole of it is one click away, at its source.
    private static let textBytes = 5000

    /// `boards` are those that have this trend as evidence.
    package init(frame: SitePageFrame, trend: Trend, boards: [Ideaboard]) {
        self.init(frame: frame, trend: trend, card: CardFace(trend), boards: boards)
    }

    /// `card` is the trend's own, which a list has made already.
    init(frame: SitePageFrame, trend: Trend, card: CardFace, boards: [Ideaboard]) {
        let post = trend.post
        route = .trend(trend.id)
        self.card = card
        self.frame = frame.showing(card.title, at: route)
        (isTall, state) = (post.isShort, trend.state)
        authorLink = post.author?.url.flatMap { Link($0) }
        text = post.text.flatMap { $0.isEmpty || $0 == post.title ? nil : $0.clipped(to: TrendPage.textBytes) }
        numbers = TrendNumbers(trend)
        reasons = TrendReasons(trend.score, score: card.score)
        let members = Set(trend.watchlistIDs)
        watchlists = frame.watchlists.filter { members.contains($0.id) }.map {
            NamedLink($0.displayName, .watchlist($0.id, page: 1))
        }
        self.boards = boards.map { NamedLink($0.displayTitle, .ideaboard($0.id)) }
        addToBoard = Link(path: "\(Route.attachTrend.path)?trend=\(trend.id)")
        hashtags = post.hashtags.prefix(30).map { $0.oneLine(60) }
        tags = trend.tags.map { $0.oneLine(60) }
    }

    package static var fields: Fields<TrendPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("trendCSS") { $0.frame.assets.trendCSS }
            Field.one("card") { $0.card }
            Field.flag("isTall") { $0.isTall }
            Field.flag("isSaved") { $0.state == .saved }
            Field.flag("isHidden") { $0.state == .hidden }
            Field.link("stateAction") { Link(path: APIRoute.trendState($0.card.id).path) }
            Field.link("tagAction") { Link(path: APIRoute.trendTags($0.card.id).path) }
            Field.text("tagText") { $0.tags.joined(separator: ", ") }
            Field.optionalLink("authorLink") { $0.authorLink }
            Field.optionalLink("source") { $0.card.source }
            Field.optionalText("text") { $0.text }
            Field.one("numbers") { $0.numbers }
            Field.one("reasons") { $0.reasons }
            Field.flag("hasWatchlists") { !$0.watchlists.isEmpty }
            Field.list("watchlists") { $0.watchlists }
            Field.list("boards") { $0.boards }
            Field.link("addToBoard") { $0.addToBoard }
            Field.flag("hasHashtags") { !$0.hashtags.isEmpty }
            Field.texts("hashtags") { $0.hashtags }
            Field.flag("hasTags") { !$0.tags.isEmpty }
            Field.texts("tags") { $0.tags }
        }
    }
}
