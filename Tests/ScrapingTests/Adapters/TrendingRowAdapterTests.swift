import Core
import Scraping
import TestSupport
import Testing

@Suite("Rows of the trending data set")
struct TrendingRowAdapterTests {
    @Test("A row keeps every field; its day is the time of observation, its country is no part of the post")
    func row() throws {
        let seen = try #require(try Reading.fixture("trending.jsonl").sightings.first)

        var post = Post(
            platform: .youtube, platformPostID: "2Vv-BfVoq4g", contentType: .video,
            url: "https://www.youtube.com/watch?v=2Vv-BfVoq4g")
        (post.title, post.text) = ("A song", "Line\nline")
        post.thumbnailURL = "https://i.ytimg.com/vi/2Vv-BfVoq4g/default.jpg"
        post.author = Author(platform: .youtube, platformAuthorID: "Singer", name: "Singer")
        (post.publishedAt, post.hashtags) = (try Instant("2017-11-09 11:04:14"), ["song", "cover"])
        let counts = Counts(views: 33_523_622, likes: 1_634_124, comments: 0)
        #expect(seen == Sighting(post: post, counts: counts, observedAt: try Instant("2017-11-14")))
    }

    @Test("What a country's archive does not have is unknown")
    func unknown() throws {
        let found = try Reading.fixture("trending.jsonl").sightings

        #expect(found[1].post.publishedAt == nil && found[1].post.hashtags.isEmpty && found[1].post.text == nil)
        #expect(found[2].post.title == "日本語 📱🫶" && found[2].post.author == nil)
        #expect(found[2].counts == Counts(views: 13_515_006))
    }

    @Test("Rows without a day or with an id that is none say so")
    func malformed() throws {
        #expect(
            try Reading.fixture("trending.jsonl").rejections == [
                "observed_at is not a date", "video_id is not a YouTube id", "video_id is missing",
            ])
    }

    @Test("Every recorded row is a post seen on its day", .needsRecordedData)
    func recorded() throws {
        let found = try Reading.recorded("youtube/trending.jsonl")
        let seen = found.sightings

        #expect(found.count == 2657 && seen.count == 2657)
        #expect(Set(seen.map(\.post.platformPostID)).count == 635)
        #expect(seen.allSatisfy { $0.counts.views != nil && $0.observedAt != nil })
        #expect(seen.filter { $0.counts.likes == 0 }.allSatisfy { $0.post.author != nil }, "JP's zeros are unknown")
        let days = Set(seen.compactMap(\.observedAt))
        #expect(try days.min() == Instant("2017-09-13") && days.max() == Instant("2026-08-22"))
    }

    @Test("The table of category names is no post", .needsRecordedData)
    func categories() throws {
        #expect(
            try Reading.recorded("youtube/categories.json")
                == [.skipped(reason: "a table of category names, not posts")])
    }
}
