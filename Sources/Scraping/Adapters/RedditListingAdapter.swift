import Core

/// Children of Reddit's official listings (`kind` t3).
struct RedditListingAdapter: PostAdapter {
    let name = "reddit-listing"

    func recognises(_ item: JSON) -> Bool {
        guard let kind = item["kind"]?.text else { return false }
        return item["data"]?.object != nil && kind.hasPrefix("t") && kind.utf8.count == 2
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let kinds = ["t1": "comment", "t2": "account", "t4": "message", "t5": "community"]
            if let kind = kinds[item["kind"]?.text ?? ""] { return .skipped(reason: "\(kind), not a post") }
            guard let data = item["data"] else { throw ItemProblem("data is missing") }
            if data.isTrue("promoted") { return .skipped(reason: "advertisement") }
            let id = Reddit.bare(try item.required("data.id", data.word("id", "name")))
            let path = try item.required("data.permalink", data.word("permalink"))
            guard path.hasPrefix("/"), WebAddress.isValid("https://www.reddit.com" + path) else {
                throw ItemProblem("data.permalink is not a path")
            }
            var post = Post(
                platform: .reddit, platformPostID: id, contentType: type(of: data), url: "https://www.reddit.com" + path
            )
            post.title = PlainText.line(data["title"]?.text.map(HTMLEntities.decoded))
            post.text = PlainText.block(data["selftext"]?.text.map(HTMLEntities.decoded))
            post.publishedAt = data.moment("created_utc")
            post.thumbnailURL = data.webAddress("thumbnail")
            post.hashtags = Reddit.tags(community: data.word("subreddit"), flair: data.word("link_flair_text"))
            post.author = Reddit.author(
                data.word("author"), id: data.word("author_fullname").map { String($0.dropFirst(3)) })
            let counts = Counts(likes: data.count("ups", "score"), comments: data.count("num_comments"))
            return .sighting(Sighting(post: post, counts: counts))
        }
    }

    private func type(of data: JSON) -> ContentType {
        if data.isTrue("is_video") { return .video }
        if data.isTrue("is_self") { return .text }
        switch data.word("post_hint") {
        case "image": return .image
        case "hosted:video", "rich:video": return .video
        default: return .link
        }
    }
}
