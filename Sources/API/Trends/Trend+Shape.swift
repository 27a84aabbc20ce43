import Core

extension Trend: Described {
    static let shape = Shape<Trend>.object("Trend", postProperties + countProperties + ownProperties)

    /// What the post says; the seed's names.
    static let postProperties: [Property<Trend>] = [
        Property("id", .id()) { $0.id },
        Property("platform", .choice()) { $0.post.platform },
        Property("content_type", .choice()) { $0.post.contentType },
        Property("title", .text(like: "A chair from one board")) { $0.post.title },
        Property("description", .text) { $0.post.text },
        Property("url", .url) { $0.post.url },
        Property("thumbnail_url", .url) { $0.post.thumbnailURL },
        Property("author", .text(like: "Desk Notes")) { $0.post.author?.name },
        Property("hashtags", .list(.text(like: "woodworking"))) { $0.post.hashtags },
        Property("is_short", .bool) { $0.post.isShort },
        Property("duration", .integer(like: 310), "Seconds.") { $0.post.duration },
        Property("language", .text(like: "en")) { $0.post.language },
        Property("published_at", .instant) { $0.post.publishedAt },
    ]

    /// The newest known numbers; unknown ones are null.
    static let countProperties: [Property<Trend>] = [
        Property("views", .integer(like: 410_000)) { $0.counts.views },
        Property("likes", .integer(like: 31_000)) { $0.counts.likes },
        Property("shares", .integer(like: 900)) { $0.counts.shares },
        Property("comments", .integer(like: 1200)) { $0.counts.comments },
        Property("scraped_at", .instant, "When these numbers were seen.") { $0.observedAt },
    ]

    static let ownProperties: [Property<Trend>] = [
        Property("state", .choice(), "What you did with it.") { $0.state },
        Property("tags", .list(.text(like: "hook"))) { $0.tags },
        Property("watchlist_ids", .list(.id())) { $0.watchlistIDs },
        Property("score", TrendScore.shape) { $0.score },
        Property("created_at", .instant, "When it came to your list.") { $0.addedAt },
    ]
}

extension TrendScore: Described {
    static let shape = Shape<TrendScore>.object(
        "Score",
        [
            Property("outlier", .number(like: 8.2), "Times the median of its peers.") { $0.outlier.ratio },
            Property("reason", .text(like: "8.2x: 410k views at 36 h; median of 9 videos: 50k"), "Its whole reckoning.")
            {
                $0.outlier.sentence
            },
            Property("velocity", .number(like: 5200), "Gain per hour lately.") { $0.velocity?.perHour },
            Property("rising", .number(like: 90_000), "Expected gain in the next 24 hours.") { $0.rising },
        ])
}

/// A trend with its history.
struct WholeTrend: Sendable {
    let trend: Trend
}

extension WholeTrend: Described {
    static let shape = Shape<WholeTrend>.object(
        "WholeTrend",
        (Trend.postProperties + Trend.countProperties + Trend.ownProperties).map { $0.of(\.trend) } + [
            Property("history", .list(Snapshot.shape), "Oldest first, at most 60.") { $0.trend.history }
        ])
}

extension Snapshot: Described {
    static let shape = Shape<Snapshot>.object(
        "Snapshot",
        [
            Property("scraped_at", .instant) { $0.observedAt },
            Property("views", .integer(like: 96_000)) { $0.counts.views },
            Property("likes", .integer(like: 5000)) { $0.counts.likes },
            Property("shares", .integer(like: 90)) { $0.counts.shares },
            Property("comments", .integer(like: 200)) { $0.counts.comments },
        ])
}
