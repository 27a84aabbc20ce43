import Core

extension Watchlist: Described {
    static let shape = Shape<Watchlist>.object(
        "Watchlist",
        [
            Property("id", .id()) { $0.id },
            Property("name", .text(like: "Woodworking")) { $0.name },
            Property("rule", WatchlistRule.shape) { $0.rule },
            Property("created_at", .instant) { $0.createdAt },
        ])
}

extension WatchlistRule: Described {
    static let shape = Shape<WatchlistRule>.object(
        "WatchlistRule",
        [
            Property("keywords", .list(.text(like: "woodworking")), "Any of these.") { $0.keywords },
            Property("must_words", .list(.text(like: "oak")), "All of these.") { $0.mustWords },
            Property("exclusions", .list(.text(like: "cnc")), "None of these.") { $0.exclusions },
            Property("platforms", .list(.choice()), "Only these; none means all.") {
                $0.platforms.sorted { $0.rawValue < $1.rawValue }
            },
            Property("minimum_views", .integer(like: 1000)) { $0.minimumViews },
            Property("language", .text(like: "en")) { $0.language },
            Property("maximum_age_hours", .integer(like: 72)) { $0.maximumAgeHours.map(Int64.init) },
            Property("minimum_duration", .integer(like: 60), "Seconds.") { $0.minimumDuration },
            Property("maximum_duration", .integer(like: 1200), "Seconds.") { $0.maximumDuration },
            Property("shorts", .choice()) { $0.shorts },
        ])
}

extension WatchlistPreview: Described {
    static let shape = Shape<WatchlistPreview>.object(
        "WatchlistPreview",
        [
            Property("examined", .integer(like: 5000), "Stored posts that were looked at, the newest first.") {
                Int64($0.examined)
            },
            Property("matching", .integer(like: 42)) { Int64($0.matching) },
            Property("samples", .list(Sighting.shape), "The newest that match, at most 12.") { $0.samples },
        ])
}

extension Sighting: Described {
    static let shape = Shape<Sighting>.object(
        "PostSample",
        [
            Property("platform", .choice()) { $0.post.platform },
            Property("title", .text(like: "A chair from one board")) { $0.post.title },
            Property("author", .text(like: "Desk Notes")) { $0.post.author?.name },
            Property("url", .url) { $0.post.url },
            Property("views", .integer(like: 410_000)) { $0.counts.views },
            Property("likes", .integer(like: 31_000)) { $0.counts.likes },
            Property("published_at", .instant) { $0.post.publishedAt },
        ])
}
