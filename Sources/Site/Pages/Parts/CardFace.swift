import Core
import Templates

/// What a trend's card shows: the values of the partial `card`.
package final class CardFace: Sendable {
    let id: TrendID
    let link: Link
    /// The post itself, at its platform.
    let source: Link?
    let title: String
    let author: String
    let platform: Platform
    let state: TrendState
    let published: Moment?
    let figures: [CountFigure]
    /// Class names of its drawn cover.
    let look: String
    let length: String?
    /// Words and numbers that the script filters and sorts by.
    let kinds: String
    let ratio: String?
    let views: String?
    let pulse: Pulse?
    let score: ScoreChip

    convenience init(_ trend: Trend) {
        self.init(trend, link: Link(path: Route.trend(trend.id).path))
    }

    /// A card that leads elsewhere than to the trend's page.
    init(_ trend: Trend, link: Link) {
        let post = trend.post
        (id, self.link) = (trend.id, link)
        source = Link(post.url)
        (title, author) = (post.displayTitle, post.displayAuthor)
        (platform, state) = (post.platform, trend.state)
        published = post.publishedAt.map { Moment($0, near: trend.observedAt) }
        figures = CountFigure.two(of: trend.counts)
        look = CoverLook.classes(of: post)
        length = post.duration.map { Figures.clock(seconds: $0) }
        kinds = CardFace.kinds(of: trend)
        ratio = trend.score.outlier.ratio.map { "\(($0 * 10).rounded() / 10)" }
        views = trend.counts.views.map { String($0) }
        pulse = Pulse(trend.history)
        score = ScoreChip(trend.score.outlier)
    }

    /// Words that filter chips choose by.
    private static func kinds(of trend: Trend) -> String {
        var kinds = trend.post.platform.rawValue
        if trend.state == .new || trend.state == .saved { kinds += " " + trend.state.rawValue }
        if trend.post.isShort { kinds += " short" }
        if trend.post.isLong { kinds += " long" }
        return kinds
    }
}

extension CardFace: Templated {
    package static var fields: Fields<CardFace> {
        Fields {
            Field.text("id") { $0.id.rawValue }
            Field.link("link") { $0.link }
            Field.text("title") { $0.title }
            Field.text("author") { $0.author }
            Field.text("platform") { $0.platform.name }
            Field.optional("published") { $0.published }
            Field.list("figures") { $0.figures }
            Field.text("look") { $0.look }
            Field.optionalText("length") { $0.length }
            Field.flag("isNew") { $0.state == .new }
            Field.flag("isSaved") { $0.state == .saved }
            Field.text("kinds") { $0.kinds }
            Field.optionalText("ratio") { $0.ratio }
            Field.optionalText("viewCount") { $0.views }
            Field.optional("pulse") { $0.pulse }
            Field.one("score") { $0.score }
        }
    }
}
