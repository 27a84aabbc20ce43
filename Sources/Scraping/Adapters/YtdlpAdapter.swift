import Core

/// yt-dlp's info JSON of one video, whatever site it is from; channels and playlists hold entries of this shape.
struct YtdlpAdapter: PostAdapter {
    let name = "ytdlp"

    func recognises(_ item: JSON) -> Bool {
        item["extractor_key"] != nil || item["extractor"] != nil || item["ie_key"] != nil
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            if ["playlist", "multi_video"].contains(item.word("_type") ?? "") {
                return .skipped(reason: "channel or playlist without entries, not a post")
            }
            let id = try item.required("id", item.word("id"))
            let url = try item.required("webpage_url", item.webAddress("webpage_url", "url", "original_url"))
            let platform = platform(of: item)
            var post = Post(
                platform: platform, platformPostID: platform == .web ? "\(extractor(of: item)):\(id)" : id,
                contentType: .video, url: url)
            post.isShort = platform == .tiktok || url.contains("/shorts/")
            post.title = PlainText.line(item["title"]?.text)
            post.text = PlainText.block(item["description"]?.text)
            post.publishedAt = item.moment("timestamp", "release_timestamp") ?? item.word("upload_date").flatMap(date)
            post.duration = item.count("duration")
            post.language = item.word("language")
            post.thumbnailURL = item.webAddress("thumbnail")
            post.hashtags = item.tags("tags")
            post.author = author(of: item, on: platform)
            let counts = Counts(
                views: item.count("view_count"), likes: item.count("like_count"), shares: item.count("repost_count"),
                comments: item.count("comment_count"))
            return .sighting(Sighting(post: post, counts: counts, observedAt: item.moment("epoch")))
        }
    }

    /// Ids of other sites are unique only together with it.
    private func extractor(of item: JSON) -> String {
        (item.word("extractor_key", "ie_key", "extractor") ?? "").lowercased()
    }

    private func platform(of item: JSON) -> Platform {
        let extractor = extractor(of: item)
        let known: [(String, Platform)] = [
            ("youtube", .youtube), ("tiktok", .tiktok), ("reddit", .reddit), ("twitter", .twitter),
        ]
        return known.first { extractor.hasPrefix($0.0) }?.1 ?? .web
    }

    private func author(of item: JSON, on platform: Platform) -> Author? {
        guard let name = PlainText.line(item.word("channel", "uploader"), limit: 200) else { return nil }
        return Author(
            platform: platform, platformAuthorID: item.word("channel_id", "uploader_id") ?? name, name: name,
            url: item.webAddress("channel_url", "uploader_url"), followers: item.count("channel_follower_count"))
    }

    /// `20210720`.
    private func date(_ text: String) -> Instant? {
        guard text.utf8.count == 8 else { return nil }
        return Timestamp.iso("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
    }
}
