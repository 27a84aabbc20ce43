import Core

/// Items of Apify's TikTok scraper (clockworks), today's and the older ones of the open-source scraper that it grew from.
struct ApifyTikTokAdapter: PostAdapter {
    let name = "apify-tiktok"

    func recognises(_ item: JSON) -> Bool {
        item["webVideoUrl"] != nil || (item["authorMeta"] != nil && item["musicMeta"] != nil)
            || (item["input"] != nil && item["errorCode"] != nil)
    }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            if let code = item.word("errorCode") {
                throw ItemProblem("the scraper reports \(PlainText.line(code, limit: 80) ?? "an error")")
            }
            if item.isTrue("isAd") || item.isTrue("isSponsored") { return .skipped(reason: "advertisement") }
            let id = try item.required("id", item.word("id"))
            let url = try item.required("webVideoUrl", item.webAddress("webVideoUrl"))
            let isSlideshow = item.isTrue("isSlideshow")
            var post = Post(platform: .tiktok, platformPostID: id, contentType: isSlideshow ? .image : .video, url: url)
            post.isShort = !isSlideshow
            post.title = PlainText.line(item["text"]?.text, limit: 300)
            post.text = PlainText.block(item["text"]?.text)
            post.publishedAt = item.moment("createTimeISO", "createTime")
            post.duration = item["videoMeta"]?.count("duration")
            post.language = item.word("textLanguage").flatMap { $0 == "un" ? nil : $0 }
            post.thumbnailURL = item["videoMeta"]?.webAddress("coverUrl") ?? item["covers"]?.webAddress("default")
            post.hashtags = item.tags("hashtags")
            post.author = author(of: item)
            let counts = Counts(
                views: item.count("playCount"), likes: item.count("diggCount"), shares: item.count("shareCount"),
                comments: item.count("commentCount"))
            return .sighting(Sighting(post: post, counts: counts, observedAt: item.moment("scrapedAt")))
        }
    }

    private func author(of item: JSON) -> Author? {
        guard let meta = item["authorMeta"], let handle = meta.word("name") else { return nil }
        return Author(
            platform: .tiktok, platformAuthorID: meta.word("id") ?? handle,
            name: PlainText.line(meta.word("nickName") ?? handle, limit: 200) ?? handle,
            url: meta.webAddress("profileUrl"), followers: meta.count("fans"))
    }
}

/// Items of the second TikTok vendor (apidojo).
struct ApidojoTikTokAdapter: PostAdapter {
    let name = "apidojo-tiktok"

    func recognises(_ item: JSON) -> Bool { item["postPage"] != nil }

    func adapt(_ item: JSON) -> Adapted {
        rejecting { () throws(ItemProblem) in
            let url = try item.required("postPage", item.webAddress("postPage"))
            let fromURL = url.split(separator: "/").last.map { String($0.prefix { $0 != "?" }) }
            let id = try item.required("id", item.word("id") ?? fromURL)
            var post = Post(platform: .tiktok, platformPostID: id, contentType: .video, url: url)
            post.isShort = true
            post.title = PlainText.line(item["title"]?.text, limit: 300)
            post.text = PlainText.block(item["title"]?.text)
            post.publishedAt = item.moment("uploadedAtFormatted", "uploadedAt")
            post.duration = item["video"]?.count("duration")
            post.thumbnailURL = item["video"]?.webAddress("cover")
            post.hashtags = item.tags("hashtags")
            if let channel = item["channel"], let handle = channel.word("username", "name") {
                post.author = Author(
                    platform: .tiktok, platformAuthorID: channel.word("id") ?? handle,
                    name: PlainText.line(channel.word("name") ?? handle, limit: 200) ?? handle,
                    url: channel.webAddress("url"), followers: channel.count("followers"))
            }
            let counts = Counts(
                views: item.count("views"), likes: item.count("likes"), shares: item.count("shares"),
                comments: item.count("comments"))
            return .sighting(Sighting(post: post, counts: counts, observedAt: item.moment("scrapedAt")))
        }
    }
}
