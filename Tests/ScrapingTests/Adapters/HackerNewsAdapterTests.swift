import Core
import Scraping
import TestSupport
import Testing

@Suite("Hacker News")
struct HackerNewsAdapterTests {
    @Test("A story keeps every field")
    func story() throws {
        let seen = try #require(try Reading.fixture("hackernews.json").sightings.first)

        var post = Post(
            platform: .web, platformPostID: "hn:8863", contentType: .link, url: "https://desk.example/throw")
        post.title = "My desk: throw it away & relax"
        post.author = Author(
            platform: .web, platformAuthorID: "hn:ada", name: "ada", url: "https://news.ycombinator.com/user?id=ada")
        post.publishedAt = try Instant("2007-04-04 19:16:40")
        #expect(seen == Sighting(post: post, counts: Counts(likes: 111, comments: 71)))
    }

    @Test("A question is text, its page is its address, its missing count unknown; a poll is a post too")
    func question() throws {
        let found = try Reading.fixture("hackernews.json").sightings

        #expect(found[1].post.text == "or a chair?\nAsking for a friend. 'Really'")
        #expect(found[1].post.url == "https://news.ycombinator.com/item?id=121003")
        #expect(found[1].counts == Counts(likes: 25) && found[1].post.contentType == .text)
        #expect(found.map(\.post.platformPostID) == ["hn:8863", "hn:121003", "hn:126809"])
    }

    @Test("Comments, jobs, deleted and dead items and null are skipped, the rest rejected")
    func others() throws {
        let found = try Reading.fixture("hackernews.json").filter { $0.sighting == nil }

        #expect(
            found == [
                .skipped(reason: "comment, not a post"), .skipped(reason: "job, not a post"),
                .skipped(reason: "deleted"), .skipped(reason: "deleted"), .skipped(reason: "null, not a post"),
                .rejected(reason: "id is missing"), .rejected(reason: "id is not a number"),
            ])
    }

    @Test("Hits of the search are the same posts")
    func search() throws {
        let found = try Reading.fixture("hackernews-algolia.json").sightings

        #expect(found[0].post.platformPostID == "hn:30937433")
        #expect(found[0].counts == Counts(likes: 311, comments: 160))
        #expect(try found[0].post.publishedAt == Instant("2022-04-06 21:07:47"))
        #expect(found[1].post.contentType == .text && found[1].post.text == "Made of wood")
        #expect(found[1].counts == Counts(comments: 0))
        #expect(
            try Reading.adapted(#"{"hits":[{"objectID":"1","comment_text":"x","author":"y"}]}"#)
                == [.skipped(reason: "comment, not a post")])
        #expect(try Reading.adapted(#"{"hits":[],"nbHits":0}"#).isEmpty)
    }

    @Test("The front page as RSS: the id is in the link to the comments")
    func rss() throws {
        let found = try Reading.fixture("hackernews.rss.xml")
        let seen = try #require(found.sightings.first)

        #expect(seen.post.platformPostID == "hn:30931111" && seen.post.url == "https://desk.example/rfp")
        #expect(seen.post.title == "Your competitor wrote the desk you're buying")
        #expect(try seen.counts.isEmpty && seen.post.publishedAt == Instant("2022-04-06 14:48:40"))
        #expect(found[1] == .rejected(reason: "comments does not carry an id"))
    }

    @Test("The recorded front page: 15 stories", .needsRecordedData)
    func recorded() throws {
        let found = try Reading.recorded("hackernews/hn_frontpage_2022-04-06.rss2.xml").sightings

        #expect(found.count == 15 && Set(found.map(\.post.platformPostID)).count == 15)
        #expect(found.first?.post.platformPostID == "hn:30937433")
        #expect(found.first?.post.title == "AWS Lambda Function URLs: Built-In HTTPS Endpoints for Lambda")
        #expect(found.allSatisfy { $0.post.publishedAt != nil })
    }
}
