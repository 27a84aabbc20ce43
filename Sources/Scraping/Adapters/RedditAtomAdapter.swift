import Core

/// Entries of Reddit's Atom feeds: no score, no count of comments.
struct RedditAtomAdapter: PostAdapter {
    let name = "reddit-atom"

    func recognises(_ item: JSON) -> Bool {
        item["feed"]?.text == "atom" && (item["link@href"]?.text ?? "").contains("reddit.com/")
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let id = try item.required("id", item.word("id"))
            if id.hasPrefix("t1_") { return .skipped(reason: "comment, not a post") }
            let url = try item.required("link", item.webAddress("link@href"))
            let html = item["content"]?.text ?? ""
            var post = Post(
                platform: .reddit, platformPostID: Reddit.bare(id),
                contentType: html.contains("<img") ? .image : html.contains("class=\"md\"") ? .text : .link, url: url)
            post.title = PlainText.line(item["title"]?.text)
            post.text = PlainText.block(PlainText.fromHTML(html))
            post.publishedAt = item.moment("published", "updated")
            post.thumbnailURL = item.webAddress("media:thumbnail@url")
            post.author = Reddit.author(item.word("author/name"))
            post.hashtags = Reddit.tags(community: item["categories"]?.array?.first?.text, flair: nil)
            return .sighting(Sighting(post: post, counts: Counts()))
        }
    }
}
