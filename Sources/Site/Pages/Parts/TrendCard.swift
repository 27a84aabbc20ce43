import Core
import Templates

/// A trend as lists show it: card, row or line, by the style sheet alone.
///
/// Made once a trend and shared by every list, feed and page that shows it: lists sort and copy them, so they are
/// references.
package final class TrendCard: Sendable {
    package let id: TrendID
    /// What lists choose and order by.
    package let state: TrendState
    package let platform: Platform
    package let watchlistIDs: [WatchlistID]
    package let addedAt: Instant
    package let observedAt: Instant
    package let risingGain: Double?
    package let ratio: Double?

    let link: Link
    /// The post itself, at its platform.
    let source: Link?
    let title: String
    let author: String
    let published: Moment?
    let figures: [CountFigure]
    let look: String
    let length: String?
    /// Words and numbers that the script filters and sorts by.
    let kinds: String
    let kindList: [String]
    let ratioText: String?
    let views: Int64?
    let viewText: String?
    let pulse: Pulse?
    let score: ScoreChip

    package convenience init(_ trend: Trend) {
        self.init(trend, link: Link(path: Route.trend(trend.id).path))
    }

    /// A card that leads elsewhere than to the trend's page.
    init(_ trend: Trend, link: Link) {
        let post = trend.post
        (id, state, platform) = (trend.id, trend.state, post.platform)
        (watchlistIDs, addedAt, observedAt) = (trend.watchlistIDs, trend.addedAt, trend.observedAt)
        (risingGain, ratio) = (trend.score.rising, trend.score.outlier.ratio)
        self.link = link
        source = Link(post.url)
        (title, author) = (post.displayTitle, post.displayAuthor)
        published = post.publishedAt.map { Moment($0, near: trend.observedAt) }
        figures = CountFigure.two(of: trend.counts)
        look = CoverLook.classes(of: post)
        length = post.duration.map { Figures.clock(seconds: $0) }
        kindList = TrendCard.kinds(of: trend)
        kinds = kindList.joined(separator: " ")
        ratioText = ratio.map { "\(($0 * 10).rounded() / 10)" }
        views = trend.counts.views
        viewText = views.map { "\($0)" }
        pulse = Pulse(trend.history)
        score = ScoreChip(trend.score.outlier)
    }

    /// Words that filter chips choose by.
    private static func kinds(of trend: Trend) -> [String] {
        var kinds = [trend.post.platform.rawValue]
        if trend.state == .new || trend.state == .saved { kinds.append(trend.state.rawValue) }
        if trend.post.isShort { kinds.append("short") }
        if let duration = trend.post.duration, duration >= 1200 { kinds.append("long") }
        return kinds
    }

    /// Rising first: the largest expected gain, unknown ones last, among those the newest first.
    package static func isBefore(_ left: TrendCard, _ right: TrendCard) -> Bool {
        if left.risingGain != right.risingGain {
            return (left.risingGain ?? -.infinity) > (right.risingGain ?? -.infinity)
        }
        return isNewer(left, right)
    }

    package static func isNewer(_ left: TrendCard, _ right: TrendCard) -> Bool {
        left.addedAt == right.addedAt ? left.id > right.id : left.addedAt > right.addedAt
    }
}

extension TrendCard: Templated {
    package static var fields: Fields<TrendCard> {
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
            Field.optionalText("ratio") { $0.ratioText }
            Field.optionalText("viewCount") { $0.viewText }
            Field.optional("pulse") { $0.pulse }
            Field.one("score") { $0.score }
        }
    }
}
