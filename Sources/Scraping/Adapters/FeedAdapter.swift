import Core

/// Entries of any RSS or Atom feed: posts of the web.
struct FeedAdapter: PostAdapter {
    let name = "feed"

    func recognises(_ item: JSON) -> Bool { item["feed"] != nil }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let enclosure = item.webAddress("enclosure@url")
            let url = try item.required(
                "link", item.webAddress("feedburner:origLink", "link", "link@href", "guid") ?? enclosure)
            let kind = item.word("enclosure@type") ?? ""
            var post = Post(
                platform: .web, platformPostID: id(item.word("guid", "id"), url: url),
                contentType: kind.hasPrefix("video") ? .video : .link, url: url)
            post.title = PlainText.line(item.word("title").map(PlainText.fromHTML))
            let body = item.word("description", "summary", "content:encoded", "content", "itunes:summary")
            post.text = PlainText.block(body.map(PlainText.fromHTML))
            post.publishedAt = item.moment("pubDate", "published", "dc:date", "updated")
            post.duration = item.word("itunes:duration").flatMap { Clock.seconds($0) ?? Int64($0) }
            post.thumbnailURL = item.webAddress("media:thumbnail@url", "itunes:image@href", "media:content@url")
            post.hashtags = item.tags("categories")
            if let name = PlainText.line(item.word("dc:creator", "author/name", "itunes:author", "author"), limit: 200)
            {
                post.author = Author(platform: .web, platformAuthorID: name, name: name)
            }
            return .sighting(Sighting(post: post, counts: Counts(comments: item.count("slash:comments"))))
        }
    }

    /// Many feeds number their entries: what is no address or URN is unique only together with the host.
    private func id(_ given: String?, url: String) -> String {
        guard let given, !given.contains(":") else { return given ?? url }
        let host = url.split(separator: "/").dropFirst().first ?? ""
        return "\(host.lowercased()):\(given)"
    }
}
