import Core

/// Entries of YouTube's channel and playlist feeds (Atom with `yt:` and `media:`).
struct YouTubeAtomAdapter: PostAdapter {
    let name = "youtube-atom"

    func recognises(_ item: JSON) -> Bool {
        item["feed"]?.text == "atom" && (item["yt:videoId"] != nil || item["yt:videoid"] != nil)
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let id = try item.required("yt:videoId", item.word("yt:videoId", "yt:videoid"))
            guard YouTube.isID(id) else { throw ItemProblem("yt:videoId is not a YouTube id") }
            var post = YouTube.video(id)
            post.title = PlainText.line(item.word("title", "media:title"))
            post.text = PlainText.block(item["media:description"]?.text)
            post.publishedAt = item.moment("published")
            post.thumbnailURL = item.webAddress("media:thumbnail@url")
            post.isShort = (item["link@href"]?.text ?? "").contains("/shorts/")
            if let name = PlainText.line(item.word("author/name"), limit: 200) {
                post.author = Author(
                    platform: .youtube, platformAuthorID: item.word("yt:channelId") ?? name, name: name,
                    url: item.webAddress("author/uri"))
            }
            // The star rating counts those who rated: these are the likes that such feeds publish.
            let counts = Counts(
                views: item.count("media:statistics@views"), likes: item.count("media:starRating@count"))
            return .sighting(Sighting(post: post, counts: counts))
        }
    }
}
