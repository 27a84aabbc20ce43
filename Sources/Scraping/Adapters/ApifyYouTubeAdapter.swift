import Core

/// Items of Apify's YouTube scrapers: the published shape (`type`, `viewCount`, `channelName`, `duration` as a clock) and
/// the one with `publishDate`, `length` in seconds and `channelMetadata`.
struct ApifyYouTubeAdapter: PostAdapter {
    let name = "apify-youtube"

    func recognises(_ item: JSON) -> Bool {
        let hasChannel = item["channelName"] != nil || item["ownerChannelName"] != nil || item["channelId"] != nil
        return hasChannel && (item["viewCount"] != nil || item["captionTracks"] != nil || item["fromYTUrl"] != nil)
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let id = try item.required("id", item.word("id"))
            guard YouTube.isID(id) else { throw ItemProblem("id is not a YouTube id") }
            var post = YouTube.video(id)
            post.title = PlainText.line(item["title"]?.text)
            post.text = PlainText.block(item["text"]?.text ?? item["description"]?.text)
            post.publishedAt = item.moment("publishDate", "date")
            post.duration = item.count("length") ?? item["duration"]?.text.flatMap(Clock.seconds)
            post.isShort = item["type"]?.text == "shorts" || (item["url"]?.text ?? "").contains("/shorts/")
            post.thumbnailURL = item.webAddress("thumbnailUrl") ?? item["thumbnails"]?.array?.last?.webAddress("url")
            post.hashtags = item.tags("hashtags")
            post.author = author(of: item)
            let counts = Counts(
                views: item.count("viewCount"), likes: item.count("likes", "likeCount"),
                comments: item.count("commentsCount") ?? item["comments"]?.count("totalCount"))
            return .sighting(Sighting(post: post, counts: counts, observedAt: item.moment("scrapedAt")))
        }
    }

    private func author(of item: JSON) -> Author? {
        let title = item.word("channelName", "ownerChannelName", "author")
        guard let name = PlainText.line(title, limit: 200), let id = item.word("channelId") ?? title else { return nil }
        let channel = item["channelMetadata"]
        return Author(
            platform: .youtube, platformAuthorID: id, name: name,
            url: item.webAddress("channelUrl") ?? channel?.webAddress("channelUrl"),
            followers: item.count("numberOfSubscribers") ?? channel?.count("subscriberCount"))
    }
}

enum Clock {
    /// Seconds of `HH:MM:SS` or `MM:SS`.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: ":").map { Int64($0) }
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.map { (0..<1000).contains($0) } ?? false }) else {
            return nil
        }
        return parts.reduce(0) { $0 * 60 + ($1 ?? 0) }
    }
}
