/// A watchlist's rule made ready to look at many posts.
///
/// Words match whole words of title, text, author and hashtags, whatever their case and diacritics; a phrase matches its
/// words side by side; "#word" matches hashtags only.
package struct WatchlistMatcher: Sendable {
    private let rule: WatchlistRule
    private let keywords: [Term]
    private let mustWords: [Term]
    private let exclusions: [Term]
    private let language: String?

    private enum Term: Sendable {
        case words(FoldedText)
        case hashtag(FoldedText)

        init(_ text: String) {
            self = text.hasPrefix("#") ? .hashtag(FoldedText(String(text.dropFirst()))) : .words(FoldedText(text))
        }
    }

    package init(_ rule: WatchlistRule) {
        self.rule = rule
        keywords = rule.keywords.map(Term.init)
        mustWords = rule.mustWords.map(Term.init)
        exclusions = rule.exclusions.map(Term.init)
        language = rule.language.map(WatchlistMatcher.primary)
    }

    /// Whether the watchlist takes this post, with these numbers, at this moment.
    package func matches(_ post: Post, counts: Counts, now: Instant) -> Bool {
        matchesLimits(post, counts, now) && matchesWords(post)
    }

    private func matchesLimits(_ post: Post, _ counts: Counts, _ now: Instant) -> Bool {
        if !rule.platforms.isEmpty, !rule.platforms.contains(post.platform) { return false }
        if rule.shorts == .only, !post.isShort { return false }
        if rule.shorts == .exclude, post.isShort { return false }
        // Unknown views are not few views, but nothing says that they are enough.
        if let minimum = rule.minimumViews, minimum > 0, counts.views ?? 0 < minimum { return false }
        if let language, let other = post.language, WatchlistMatcher.primary(other) != language { return false }
        if let hours = rule.maximumAgeHours, let published = post.publishedAt,
            now.hours(since: published) > Double(hours)
        {
            return false
        }
        guard let duration = post.duration else { return true }
        return duration >= rule.minimumDuration ?? 0 && duration <= rule.maximumDuration ?? Int64.max
    }

    private func matchesWords(_ post: Post) -> Bool {
        guard !(keywords.isEmpty && mustWords.isEmpty && exclusions.isEmpty) else { return true }
        let tags = post.hashtags.map { FoldedText($0) }
        var text = FoldedText()
        for part in [post.title, post.text, post.author?.name] { part.map { text.append($0) } }
        for tag in post.hashtags { text.append(tag) }
        func stands(_ term: Term) -> Bool {
            switch term {
            case .words(let words): text.contains(words)
            case .hashtag(let tag): tags.contains(tag)
            }
        }
        return (keywords.isEmpty || keywords.contains(where: stands)) && mustWords.allSatisfy(stands)
            && !exclusions.contains(where: stands)
    }

    private static func primary(_ tag: String) -> String {
        String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
    }
}
