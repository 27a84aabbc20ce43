import Core

/// Rows of the trending data set: one YouTube video on one country's list on one day. The country is not part of a post.
struct TrendingRowAdapter: PostAdapter {
    let name = "trending-row"

    func recognises(_ item: JSON) -> Bool {
        item["video_id"] != nil && item["observed_at"] != nil && item["country"] != nil
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let id = try item.required("video_id", item.word("video_id"))
            guard YouTube.isID(id) else { throw ItemProblem("video_id is not a YouTube id") }
            guard let observed = item.moment("observed_at") else { throw ItemProblem("observed_at is not a date") }
            var post = YouTube.video(id)
            post.title = PlainText.line(item["title"]?.text)
            post.text = PlainText.block(item["description"]?.text)
            post.thumbnailURL = item.webAddress("thumbnail_link")
            post.author = PlainText.line(item["channel_title"]?.text, limit: 200).map {
                Author(platform: .youtube, platformAuthorID: $0, name: $0)
            }
            post.publishedAt = item.moment("publish_time")
            post.hashtags = item.tags("tags")
            let counts = Counts(
                views: item.count("views"), likes: known(item, "likes"), comments: known(item, "comment_count"))
            return .sighting(Sighting(post: post, counts: counts, observedAt: observed))
        }
    }

    /// The archiver of the JP list writes 0 where it was given no number, and gives neither channel nor publish time.
    private func known(_ item: JSON, _ key: String) -> Int64? {
        let count = item.count(key)
        return item.word("country") == "JP" && count == 0 ? nil : count
    }
}

/// What every YouTube adapter agrees on.
enum YouTube {
    static func video(_ id: String) -> Post {
        Post(
            platform: .youtube, platformPostID: id, contentType: .video, url: "https://www.youtube.com/watch?v=\(id)")
    }

    /// A YouTube id: 11 letters of base64url as a rule, never with marks that a URL would read otherwise.
    static func isID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D || byte == 0x5F
            }
    }
}
