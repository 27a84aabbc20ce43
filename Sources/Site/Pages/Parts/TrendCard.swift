import Core
import Templates

/// A trend as lists show it: card, row or line, by the style sheet alone.
///
/// Made and drawn once a trend and shared by every list, feed and page that shows it: lists sort and copy them, so they
/// are references.
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
    let views: Int64?
    let isShort: Bool
    let isLong: Bool

    let face: CardFace
    /// The partial `card` with this face, without the line end of its file: a trend stands in three lists or more.
    let html: SafeHTML

    /// `watchlistIDs` where they are not all the trend's.
    package init(_ trend: Trend, drawnBy template: Template<CardFace>, watchlistIDs: [WatchlistID]? = nil) {
        (id, state, platform) = (trend.id, trend.state, trend.post.platform)
        (self.watchlistIDs, addedAt) = (watchlistIDs ?? trend.watchlistIDs, trend.addedAt)
        (observedAt, risingGain, ratio) = (trend.observedAt, trend.score.rising, trend.score.outlier.ratio)
        (views, isShort, isLong) = (trend.counts.views, trend.post.isShort, trend.post.isLong)
        face = CardFace(trend)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(TrendCard.usualBytes)
        template.render(face, into: &bytes)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        html = SafeHTML(trusted: bytes)
    }

    private static let usualBytes = 1500

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
    /// `{{{card}}}` is the partial `card`.
    package static var fields: Fields<TrendCard> {
        Fields { Field.html("card") { $0.html } }
    }
}
