import Core

/// Items of Apify's tweet scraper: whole ones, and exports of a few columns without an author object.
struct ApifyTwitterAdapter: PostAdapter {
    let name = "apify-twitter"

    func recognises(_ item: JSON) -> Bool {
        item["twitterUrl"] != nil || item["type"]?.text == "tweet" || item["retweetCount"] != nil
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            if item.isTrue("isRetweet") { return .skipped(reason: "repost of somebody else's post") }
            let id = try item.required("id", item.word("id"))
            let url = try item.required("url", item.webAddress("url", "twitterUrl"))
            var post = Post(platform: .twitter, platformPostID: id, contentType: type(of: item), url: url)
            let text = item["fullText"]?.text ?? item["text"]?.text
            post.title = PlainText.line(text.map(HTMLEntities.decoded), limit: 300)
            post.text = PlainText.block(text.map(HTMLEntities.decoded))
            post.publishedAt = item.moment("createdAt")
            post.language = item.word("lang").flatMap { ["und", "zxx", "qme", "qst"].contains($0) ? nil : $0 }
            post.thumbnailURL = media(of: item).first?.webAddress("media_url_https")
            post.hashtags = item["entities"]?.tags("hashtags") ?? []
            post.author = author(of: item, url: url)
            let counts = Counts(
                views: item.count("viewCount"), likes: item.count("likeCount"), shares: item.count("retweetCount"),
                comments: item.count("replyCount"))
            return .sighting(Sighting(post: post, counts: counts, observedAt: item.moment("scrapedAt")))
        }
    }

    private func media(of item: JSON) -> [JSON] { item["extendedEntities"]?["media"]?.array ?? [] }

    private func type(of item: JSON) -> ContentType {
        let kinds = media(of: item).compactMap { $0["type"]?.text }
        if kinds.contains("video") || kinds.contains("animated_gif") { return .video }
        return kinds.contains("photo") ? .image : .text
    }

    /// Exports without an author still name the account in the address.
    private func author(of item: JSON, url: String) -> Author? {
        guard let author = item["author"], author.object != nil else {
            let parts = url.split(separator: "/")
            guard parts.count >= 5, parts[3] == "status", parts[2] != "i" else { return nil }
            let handle = String(parts[2])
            return Author(platform: .twitter, platformAuthorID: handle, name: handle, url: "https://x.com/\(handle)")
        }
        guard let handle = author.word("userName") else { return nil }
        return Author(
            platform: .twitter, platformAuthorID: author.word("id") ?? handle,
            name: PlainText.line(author.word("name") ?? handle, limit: 200) ?? handle, url: author.webAddress("url"),
            followers: author.count("followers"))
    }
}
