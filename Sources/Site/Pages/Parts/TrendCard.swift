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
    let tags: [String]

    let face: CardFace
    /// The partial `card` with this face, without the line end of its file: a trend stands in three lists or more.
    let html: SafeHTML

    /// `watchlistIDs` where they are not all the trend's.
    package init(_ trend: Trend, drawnBy template: Template<CardFace>, watchlistIDs: [WatchlistID]? = nil) {
        (id, state, platform) = (trend.id, trend.state, trend.post.platform)
        (self.watchlistIDs, addedAt) = (watchlistIDs ?? trend.watchlistIDs, trend.addedAt)
        (observedAt, risingGain, ratio) = (trend.observedAt, trend.score.rising, trend.score.outlier.ratio)
        (views, isShort, isLong) = (trend.counts.views, trend.post.isShort, trend.post.isLong)
        tags = trend.tags
        face = CardFace(trend)
        html = template.html(of: face, usualBytes: TrendCard.usualBytes)
    }

    private static let usualBytes = 1500
}

extension TrendCard: Equatable {
    /// The same card, not an equal one: cards are made once.
    package static func == (left: TrendCard, right: TrendCard) -> Bool { left === right }
}

extension [TrendCard] {
    /// The largest expected gain first, unknown ones last, among those the newest first.
    func risingFirst() -> [TrendCard] {
        sorted { -($0.risingGain ?? -.infinity) }
    }

    /// The last added first.
    func newestFirst() -> [TrendCard] {
        sorted { _ in 0 }
    }

    /// The cards of each watchlist, in the order of all.
    func byWatchlist() -> [WatchlistID: [TrendCard]] {
        var members: [WatchlistID: [TrendCard]] = [:]
        for card in self {
            for watchlist in card.watchlistIDs { members[watchlist, default: []].append(card) }
        }
        return members
    }

    /// The smallest rank first, among equal ones the newest. Sorts numbers and places: references cost counting.
    private func sorted(by rank: (TrendCard) -> Double) -> [TrendCard] {
        let keys = indices.map { (rank: rank(self[$0]), added: self[$0].addedAt.milliseconds, place: $0) }
        return keys.sorted { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.added != right.added { return left.added > right.added }
            return self[left.place].id > self[right.place].id
        }.map { self[$0.place] }
    }
}

extension TrendCard: Templated {
    /// `{{{card}}}` is the partial `card`.
    package static var fields: Fields<TrendCard> {
        Fields { Field.html("card") { $0.html } }
    }
}
