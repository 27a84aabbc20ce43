import Core
import Scraping
import TestSupport
import Testing

@Suite("Reddit's Atom feeds")
struct RedditAtomAdapterTests {
    @Test("A text post: markup and its comments go, the time's offset is heeded, no count is invented")
    func text() throws {
        let seen = try #require(try Reading.fixture("reddit.atom.xml").sightings.first)

        var post = Post(
            platform: .reddit, platformPostID: "157kyrd", contentType: .text,
            url: "https://www.reddit.com/r/desks/comments/157kyrd/any/")
        (post.title, post.text) = ("Any reason?", "I don't know.")
        post.author = Author(
            platform: .reddit, platformAuthorID: "Remark_able", name: "Remark_able",
            url: "https://www.reddit.com/user/Remark_able")
        (post.publishedAt, post.hashtags) = (try Instant("2023-07-23 17:38:30"), ["desks"])
        #expect(seen == Sighting(post: post, counts: Counts()))
    }

    @Test("A picture has its thumbnail, and the time of its last change where it has no other")
    func picture() throws {
        let seen = try Reading.fixture("reddit.atom.xml").sightings[1]

        #expect(seen.post.contentType == .image && seen.post.thumbnailURL == "https://b.example.com/x.jpg")
        #expect(try seen.post.publishedAt == Instant("2023-07-23 17:41:30") && seen.post.title == "My & yours")
    }

    @Test("Comments are skipped, an entry without id is rejected")
    func others() throws {
        #expect(
            Array(try Reading.fixture("reddit.atom.xml")[2...]) == [
                .skipped(reason: "comment, not a post"), .rejected(reason: "id is missing"),
            ])
    }

    @Test("The recorded community: 25 posts", .needsRecordedData)
    func recorded() throws {
        let found = try Reading.recorded("feeds/reddit_homelab_new_2023-07-23.atom.xml").sightings
        let first = try #require(found.first)

        #expect(found.count == 25 && found.allSatisfy { $0.counts.isEmpty && $0.post.hashtags == ["homelab"] })
        #expect(first.post.platformPostID == "157kyrd" && first.post.contentType == .text)
        #expect(first.post.text?.hasPrefix("Hello all, I recently acquired a 40G switch") == true)
        #expect(first.post.author?.name == "Remarkable_Housing61")
    }
}
