import Core
import Scraping
import TestSupport
import Testing

@Suite("yt-dlp's info")
struct YtdlpAdapterTests {
    @Test("A video keeps every field, and when it was looked at")
    func video() throws {
        let seen = try #require(try Reading.fixture("ytdlp-video.info.json").sightings.first)

        var post = Post(
            platform: .youtube, platformPostID: "ABC123", contentType: .video,
            url: "https://www.youtube.com/watch?v=ABC123")
        (post.title, post.text) = ("A desk, explained", "First\nsecond")
        (post.thumbnailURL, post.publishedAt) = ("https://i.example.com/ABC123.jpg", try Instant("2021-07-20"))
        (post.duration, post.language, post.hashtags) = (582, "en", ["test", "development"])
        post.author = Author(
            platform: .youtube, platformAuthorID: "UCEABC123", name: "Desk Notes",
            url: "https://www.youtube.com/channel/UCEABC123", followers: 35_000)
        let counts = Counts(views: 9973, likes: 333)
        #expect(seen == Sighting(post: post, counts: counts, observedAt: try Instant("2024-02-06 20:29:26")))
    }

    @Test("The entries of a playlist are posts, each of its own site")
    func playlist() throws {
        let found = try Reading.fixture("ytdlp-playlist.info.json").sightings

        #expect(found.map(\.post.platform) == [.youtube, .tiktok, .web])
        #expect(found.map(\.post.isShort) == [true, true, false])
        #expect(found[0].counts == Counts(views: 0) && found[0].post.duration == 21)
        #expect(try found[0].post.publishedAt == Instant("2023-11-14 22:13:20"))
        #expect(found[1].counts == Counts(shares: 5) && found[1].post.publishedAt == nil, "a date of seven digits")
    }

    @Test("Numbers of other sites do not meet: Vimeo's 9 is not Dailymotion's")
    func sites() throws {
        let vimeo = try Reading.post(#"{"extractor_key":"Vimeo","id":"9","webpage_url":"https://vimeo.com/9"}"#)
        let other = try Reading.post(#"{"extractor_key":"Dailymotion","id":"9","webpage_url":"https://dai.ly/9"}"#)

        #expect(vimeo.post.platformPostID == "vimeo:9" && other.post.platformPostID == "dailymotion:9")
    }

    @Test("Entries that are gone are skipped or rejected with their place")
    func gone() throws {
        let found = try Reading.fixture("ytdlp-playlist.info.json")

        #expect(
            Array(found[3...]) == [.rejected(reason: "id is missing"), .skipped(reason: "null, not a post")])
    }

    @Test("A channel without entries is no post")
    func empty() throws {
        #expect(
            try Reading.adapted(#"{"_type":"playlist","extractor_key":"YoutubeTab","id":"x","entries":[]}"#)
                == [.skipped(reason: "channel or playlist without entries, not a post")])
    }

    @Test("The recorded video and channel", .needsRecordedData)
    func recorded() throws {
        let video = try Reading.recorded("ytdlp/video_anonymised-upstream.info.json").sightings
        let first = try #require(video.first)

        #expect(video.count == 1 && first.counts == Counts(views: 9973, likes: 333, comments: 44))
        #expect(first.post.title == "Pinchflat Example Video" && first.post.duration == 582)
        #expect(first.post.author?.followers == 35_000)
        #expect(try first.observedAt == Instant("2024-02-06 20:29:26"))
        #expect(try Reading.recorded("ytdlp/channel_anonymised-upstream.info.json").sightings.isEmpty)
    }
}
