import Core
import Scraping
import TestSupport
import Testing

@Suite("YouTube's Atom feeds")
struct YouTubeAtomAdapterTests {
    @Test("An entry keeps every field; the feed's own author is not taken for the video's")
    func entry() throws {
        let seen = try #require(try Reading.fixture("youtube.atom.xml").sightings.first)

        var post = Post(
            platform: .youtube, platformPostID: "5shykyfmb28", contentType: .video,
            url: "https://www.youtube.com/watch?v=5shykyfmb28")
        (post.title, post.text) = ("Lamps & light", "One.\nTwo.")
        (post.thumbnailURL, post.publishedAt) = ("https://i2.example.com/5.jpg", try Instant("2015-05-04 00:01:27"))
        post.author = Author(
            platform: .youtube, platformAuthorID: "UCaaa", name: "Desk Notes",
            url: "https://www.youtube.com/channel/UCaaa")
        #expect(seen == Sighting(post: post, counts: Counts(views: 251_497, likes: 3546)))
    }

    @Test("A short without ratings: its zero views are a zero, its likes unknown")
    func short() throws {
        let seen = try Reading.fixture("youtube.atom.xml").sightings[1]

        #expect(seen.post.isShort && seen.post.author == nil && seen.counts == Counts(views: 0))
    }

    @Test("An entry whose id is none is rejected, the others stay")
    func malformed() throws {
        let found = try Reading.fixture("youtube.atom.xml")

        #expect(found.count == 3 && found[2] == .rejected(reason: "yt:videoId is not a YouTube id"))
    }

    @Test("A channel without videos holds nothing")
    func empty() throws {
        #expect(try Reading.adapted("<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>").isEmpty)
    }

    @Test("The recorded channel: 15 videos with their views and stars", .needsRecordedData)
    func recorded() throws {
        let found = try Reading.recorded("feeds/youtube_channel_google.atom.xml")
        let first = try #require(found.sightings.first)

        #expect(found.sightings.count == 15 && found.count == 15)
        #expect(first.post.title == "The Google app: Questions Title" && first.post.author?.name == "Google")
        #expect(first.counts == Counts(views: 251_497, likes: 3546))
        #expect(found.sightings.allSatisfy { $0.counts.views != nil && $0.post.thumbnailURL != nil })
    }
}
