import Core
import Scraping
import TestSupport
import Testing

@Suite("Apify's YouTube items")
struct ApifyYouTubeAdapterTests {
    private let author = Author(
        platform: .youtube, platformAuthorID: "UCaaaaaaaaaaaaaaaaaaaaaa", name: "Desk Notes",
        url: "https://www.youtube.com/@desknotes", followers: 91_000)

    @Test("A video keeps every field")
    func video() throws {
        let seen = try #require(try Reading.fixture("apify-youtube.json").sightings.first)

        var post = Post(
            platform: .youtube, platformPostID: "aB3dE5gH7iJ", contentType: .video,
            url: "https://www.youtube.com/watch?v=aB3dE5gH7iJ")
        (post.title, post.text) = ("Five desk setups under 100 dollars 🖥️", "Links and prices:\n\n  chair")
        post.thumbnailURL = "https://i.ytimg.com/vi/aB3dE5gH7iJ/maxresdefault.jpg"
        (post.author, post.publishedAt, post.duration) = (author, try Instant("2026-09-06"), 521)
        post.hashtags = ["desk", "setup"]
        #expect(seen == Sighting(post: post, counts: Counts(views: 48_211, likes: 2310, comments: 187)))
    }

    @Test("A short is one; -1 and null are unknown, a number written as text counts")
    func short() throws {
        let seen = try Reading.fixture("apify-youtube.json").sightings[1]

        #expect(seen.post.isShort && seen.post.platformPostID == "-_short0001" && seen.post.duration == 59)
        #expect(seen.post.url == "https://www.youtube.com/watch?v=-_short0001")
        #expect(seen.counts == Counts(views: 1_204_331))
        #expect(try seen.post.publishedAt == Instant("2026-09-07 10:30:00").adding(hours: 0.25 / 3600))
    }

    @Test("A stream's zero is a zero, and a date in words is no date")
    func stream() throws {
        let seen = try Reading.fixture("apify-youtube.json").sightings[2]

        #expect(seen.counts == Counts(views: 0))
        #expect(seen.post.publishedAt == nil && seen.post.duration == 7384 && !seen.post.isShort)
    }

    @Test("The shape with channel metadata is read as well")
    func metadata() throws {
        let seen = try #require(try Reading.fixture("apify-youtube-metadata.json").sightings.first)

        #expect(seen.counts == Counts(views: 25_853, likes: 1124, comments: 268))
        #expect(seen.post.duration == 1440 && seen.post.text == "Short.")
        #expect(seen.post.thumbnailURL == "https://i.ytimg.com/vi/mEtAdAtA001/large.jpg")
        #expect(try seen.post.publishedAt == Instant("2026-08-01 20:56:28"))
        #expect(seen.post.author?.followers == 301_000)
        #expect(seen.post.author?.url == "https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa")
    }

    @Test("Two recorded files show one video's numbers at two moments", .needsRecordedData)
    func recorded() throws {
        let early = try Reading.recorded("youtube/apify_youtube-scraper_2025-09-18_14-12.json").sightings
        let late = try Reading.recorded("youtube/apify_youtube-scraper_2025-09-18_16-24.json").sightings

        #expect(early.count == 1 && late.count == 4)
        let first = try #require(early.first)
        let again = try #require(late.first { $0.post.platformPostID == first.post.platformPostID })
        #expect(first.post.platformPostID == "8s6nGMcyr7k")
        #expect(first.post.title == "Google and Coinbase launch \"AI MONEY\" 🤯")
        #expect(first.counts == Counts(views: 25_853, likes: 1124, comments: 268))
        #expect(again.counts.views == 27_513)
        #expect(first.post.author?.platformAuthorID == "UCqcbQf6yw5KzRoDDcZ_wBSw")
        #expect(first.observedAt == nil, "the record does not say when: the file does")
    }

    @Test(
        "What is no video says why",
        arguments: [
            (#"[{"channelName":"x","viewCount":1,"id":""}]"#, "id is missing"),
            (#"[{"channelName":"x","viewCount":1,"id":"a b"}]"#, "id is not a YouTube id"),
            (#"[{"channelName":"x","viewCount":1,"id":["aB3dE5gH7iJ"]}]"#, "id is missing"),
            (
                #"[{"url":"https://www.youtube.com/@gone","error":"CHANNEL_NOT_FOUND"}]"#,
                "the scraper reports CHANNEL_NOT_FOUND"
            ),
        ])
    func malformed(json: String, reason: String) throws {
        #expect(try Reading.adapted(json) == [.rejected(reason: reason)])
    }

    @Test("An empty dataset holds nothing and is no error")
    func empty() throws {
        #expect(try Reading.adapted("[]").isEmpty)
    }
}
