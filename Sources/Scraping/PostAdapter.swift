import Core

/// What an adapter made of an item.
package enum Adapted: Sendable, Equatable {
    case sighting(Sighting)
    /// Not a post, such as a comment: nothing is wrong with it.
    case skipped(reason: String)
    /// Meant to be a post but unusable.
    case rejected(reason: String)
}

/// Reads one shape of one platform's items.
package protocol PostAdapter: Sendable {
    /// Stable, such as `apify-youtube`.
    var name: String { get }
    /// Whether the item has this adapter's shape; cheap, and true for broken items of the shape too.
    func recognises(_ item: JSON) -> Bool
    func adapt(_ item: JSON) -> Adapted
}

/// Every shape that can be read; the first that recognises an item reads it.
package enum AdapterCatalog {
    package static let all: [any PostAdapter] = [
        TrendingRowAdapter(), RedditListingAdapter(), ApifyRedditAdapter(), ApifyYouTubeAdapter(),
        ApifyTikTokAdapter(), ApidojoTikTokAdapter(), ApifyTwitterAdapter(), YtdlpAdapter(), HackerNewsAdapter(),
        YouTubeAtomAdapter(), RedditAtomAdapter(), HackerNewsFeedAdapter(), FeedAdapter(), PlaceholderAdapter(),
    ]
}

/// An item that cannot become a post: the reason names the field.
struct ItemProblem: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension PostAdapter {
    /// Runs an adapter's body and turns a problem into a rejection. What it made is checked before it leaves.
    func rejecting(_ body: () throws(ItemProblem) -> Adapted) -> Adapted {
        do {
            let adapted = try body()
            guard case .sighting(var sighting) = adapted else { return adapted }
            try sighting.post.check()
            return .sighting(sighting)
        } catch {
            return .rejected(reason: error.reason)
        }
    }
}
