import Core
import Scraping
import TestSupport
import Testing

@Suite("Reddit's listings")
struct RedditListingAdapterTests {
    @Test("A picture keeps every field")
    func picture() throws {
        let seen = try #require(try Reading.fixture("reddit-listing.json").sightings.first)

        var post = Post(
            platform: .reddit, platformPostID: "8hacwl", contentType: .image,
            url: "https://www.reddit.com/r/desks/comments/8hacwl/whistling/")
        post.title = "Whistling & humming"
        post.thumbnailURL = "https://a.example.com/t.jpg"
        post.author = Author(
            platform: .reddit, platformAuthorID: "9zz", name: "Ben-A", url: "https://www.reddit.com/user/Ben-A")
        (post.publishedAt, post.hashtags) = (try Instant("2018-05-05 20:57:17"), ["desks", "Noise"])
        #expect(seen == Sighting(post: post, counts: Counts(likes: 14_348, comments: 265)))
    }

    @Test("A text post: paragraphs stay, the word \"self\" is no picture, a deleted author is none")
    func text() throws {
        let seen = try Reading.fixture("reddit-listing.json").sightings[1]

        #expect(seen.post.text == "Two\n\nparagraphs > one" && seen.post.contentType == .text)
        #expect(seen.post.thumbnailURL == nil && seen.post.author == nil)
        #expect(seen.counts == Counts(likes: 38_445, comments: 0))
    }

    @Test("Videos and links are told apart, and hidden votes are unknown")
    func kinds() throws {
        let found = try Reading.fixture("reddit-listing.json").sightings

        #expect(found.map(\.post.contentType) == [.image, .text, .video, .video, .link])
        #expect(try found[2].counts == Counts() && found[2].post.publishedAt == Instant("2016-09-06 10:51:55"))
    }

    @Test("Foreign addresses are rejected; advertisements, comments and communities skipped")
    func others() throws {
        #expect(
            Array(try Reading.fixture("reddit-listing.json")[5...]) == [
                .rejected(reason: "data.permalink is not a path"), .skipped(reason: "advertisement"),
                .skipped(reason: "comment, not a post"), .skipped(reason: "community, not a post"),
            ])
    }

    @Test("Places inside a listing are named")
    func places() throws {
        let text = #"{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"a"}},{"kind":"t3","data":{}}]}}"#
        let found = try Reading.items(Array(text.utf8))

        #expect(found.map(\.place) == ["line 1, entry 1", "line 1, entry 2"])
        #expect(found[1].adapted == .rejected(reason: "data.id is missing"))
    }

    @Test("An empty listing holds nothing")
    func empty() throws {
        #expect(try Reading.adapted(#"{"kind":"Listing","data":{"children":[],"after":null}}"#).isEmpty)
    }

    @Test(
        "The recorded listings give every post with its date and votes", .needsRecordedData,
        arguments: [
            ("listing_front_best_2018-05-05", 53, "8hacwl", 14_348, 265, "2018-05-05 20:57:17"),
            ("listing_front_top-all_2016-03-01", 64, "2np694", 38_445, 7804, "2014-11-28 21:07:58"),
            ("listing_domain_youtube.com_top-all_2016-11-16", 65, "51emh8", 14_457, 1629, "2016-09-06 10:51:55"),
            ("listing_redditdev_new_2016-07-17", 86, "4t9ut3", 1, 0, "2016-07-17 14:33:12"),
        ] as [(String, Int, String, Int64, Int64, String)])
    func recorded(name: String, count: Int, id: String, votes: Int64, comments: Int64, time: String) throws {
        let found = try Reading.recorded("reddit/\(name).json")
        let first = try #require(found.sightings.first)

        #expect(found.count == count && found.sightings.count == count)
        #expect(first.post.platformPostID == id && first.counts == Counts(likes: votes, comments: comments))
        #expect(try first.post.publishedAt == Instant(time))
        #expect(found.sightings.allSatisfy { $0.post.publishedAt != nil && $0.counts.likes != nil })
        #expect(found.sightings.allSatisfy { $0.post.url.hasPrefix("https://www.reddit.com/r/") })
    }
}
