import Core

/// Items of Apify's Reddit scrapers: lite (`url`, `numberOfComments`) and pro (`postUrl`, `commentsCount`).
struct ApifyRedditAdapter: PostAdapter {
    let name = "apify-reddit"

    func recognises(_ item: JSON) -> Bool { item["dataType"] != nil }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let kind = item.word("dataType") ?? ""
            guard kind == "post" else {
                return .skipped(reason: "\(PlainText.line(kind, limit: 40) ?? "item"), not a post")
            }
            if item.isTrue("isAd") { return .skipped(reason: "advertisement") }
            let id = Reddit.bare(try item.required("id", item.word("parsedId", "id")))
            let url = try item.required("url", item.webAddress("postUrl", "url"))
            let isVideo = item.isTrue("isVideo") || item.word("postType") == "video"
            let hasPictures = !(item["images"]?.array ?? []).isEmpty || item.word("postType") == "image"
            let text = PlainText.block(item["body"]?.text)
            let type: ContentType = isVideo ? .video : hasPictures ? .image : text == nil ? .link : .text
            var post = Post(platform: .reddit, platformPostID: id, contentType: type, url: url)
            (post.title, post.text) = (PlainText.line(item["title"]?.text), text)
            post.publishedAt = item.moment("createdAt")
            post.thumbnailURL = item.webAddress("thumbnailUrl") ?? item["images"]?.array?.first?.text
            post.hashtags = Reddit.tags(
                community: item.word("communityName", "parsedCommunityName"), flair: item.word("flair"))
            post.author = Reddit.author(
                item.word("username", "userName", "authorName"), id: item.word("parsedAuthorId"))
            let counts = Counts(likes: item.count("upVotes"), comments: item.count("numberOfComments", "commentsCount"))
            return .sighting(Sighting(post: post, counts: counts, observedAt: item.moment("scrapedAt", "crawledAt")))
        }
    }
}

/// What every Reddit adapter agrees on.
enum Reddit {
    /// `t3_1abcde` and `1abcde` are one id.
    static func bare(_ id: String) -> String {
        id.hasPrefix("t3_") ? String(id.dropFirst(3)) : id
    }

    static func author(_ name: String?, id: String? = nil) -> Author? {
        guard let name = PlainText.line(name, limit: 100), name != "[deleted]" else { return nil }
        let handle = name.hasPrefix("/u/") ? String(name.dropFirst(3)) : name
        return Author(
            platform: .reddit, platformAuthorID: id ?? handle, name: handle,
            url: "https://www.reddit.com/user/\(handle)")
    }

    /// The community and the flair are what hashtags are elsewhere.
    static func tags(community: String?, flair: String?) -> [String] {
        let community = community.map { $0.hasPrefix("r/") ? String($0.dropFirst(2)) : $0 }
        return [community, flair].compactMap { PlainText.line($0, limit: 100) }
    }
}
