import Core

/// Items of Hacker News: its own API (`by`, `descendants`) and Algolia's search hits (`objectID`, `num_comments`).
struct HackerNewsAdapter: PostAdapter {
    let name = "hackernews"

    func recognises(_ item: JSON) -> Bool {
        item["objectID"] != nil || (item["by"] != nil && item["type"] != nil)
            || (item["id"] != nil && item.isTrue("deleted"))
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            if item.isTrue("deleted") || item.isTrue("dead") { return .skipped(reason: "deleted") }
            let type = item.word("type") ?? "story"
            guard type == "story" || type == "poll" else { return .skipped(reason: "\(type), not a post") }
            if item.word("comment_text") != nil { return .skipped(reason: "comment, not a post") }
            let id = try item.required("id", item.word("objectID", "id"))
            guard Int64(id) != nil else { throw ItemProblem("id is not a number") }
            let page = "https://news.ycombinator.com/item?id=\(id)"
            var post = Post(
                platform: .web, platformPostID: "hn:" + id, contentType: item.webAddress("url") == nil ? .text : .link,
                url: item.webAddress("url") ?? page)
            post.title = PlainText.line(item["title"]?.text.map(HTMLEntities.decoded))
            post.text = PlainText.block(item.word("text", "story_text").map(PlainText.fromHTML))
            post.publishedAt = item.moment("time", "created_at_i")
            post.author = HackerNews.author(item.word("by", "author"))
            let counts = Counts(
                likes: item.count("score", "points"), comments: item.count("descendants", "num_comments"))
            return .sighting(Sighting(post: post, counts: counts))
        }
    }
}

enum HackerNews {
    static func author(_ name: String?) -> Author? {
        PlainText.line(name, limit: 100).map {
            Author(
                platform: .web, platformAuthorID: "hn:" + $0, name: $0,
                url: "https://news.ycombinator.com/user?id=\($0)")
        }
    }
}

/// The front page of Hacker News as RSS: no points, but a link to the comments, which carries the id.
struct HackerNewsFeedAdapter: PostAdapter {
    let name = "hackernews-rss"

    func recognises(_ item: JSON) -> Bool {
        item["feed"] != nil && (item["comments"]?.text ?? "").contains("news.ycombinator.com/item?id=")
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let id = item["comments"]?.text?.split(separator: "=").last.map(String.init) ?? ""
            guard Int64(id) != nil else { throw ItemProblem("comments does not carry an id") }
            let url = try item.required("link", item.webAddress("link"))
            var post = Post(platform: .web, platformPostID: "hn:" + id, contentType: .link, url: url)
            post.title = PlainText.line(item["title"]?.text.map(HTMLEntities.decoded))
            post.publishedAt = item.moment("pubDate")
            return .sighting(Sighting(post: post, counts: Counts()))
        }
    }
}
