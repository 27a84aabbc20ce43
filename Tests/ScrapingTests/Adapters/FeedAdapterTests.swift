import Core
import Scraping
import TestSupport
import Testing

@Suite("Feeds of the web")
struct FeedAdapterTests {
    @Test("An RSS item keeps every field; of its markup only the text stays")
    func rss() throws {
        let seen = try #require(try Reading.fixture("blog.rss.xml").sightings.first)

        var post = Post(
            platform: .web, platformPostID: "desk.example:6166e7e0", contentType: .link,
            url: "https://desk.example/oak")
        (post.title, post.text) = ("Oak & ash – which?", "First.\n\nSecond line\nthird — <done>")
        post.author = Author(platform: .web, platformAuthorID: "Ida Wood", name: "Ida Wood")
        (post.thumbnailURL, post.publishedAt) = ("https://desk.example/oak.jpg", try Instant("2021-10-14 12:59:53"))
        post.hashtags = ["Wood", "Desks"]
        #expect(seen == Sighting(post: post, counts: Counts(comments: 12)))
    }

    @Test("A podcast's file is its address where it has no other")
    func podcast() throws {
        let seen = try Reading.fixture("blog.rss.xml").sightings[1]

        #expect(seen.post.url == "https://desk.example/7.mp4" && seen.post.contentType == .video)
        #expect(seen.post.duration == 1613 && seen.post.author?.name == "Desk Radio")
        #expect(seen.post.thumbnailURL == "https://desk.example/7.jpg" && seen.counts.isEmpty)
        #expect(try seen.post.publishedAt == Instant("2023-02-01 05:00:00"))
    }

    @Test("An Atom entry: of its links the page's, of its title the text")
    func atom() throws {
        let seen = try #require(try Reading.fixture("blog.atom.xml").sightings.first)

        #expect(seen.post.platformPostID == "urn:uuid:1225c695" && seen.post.url == "https://desk.example/1")
        #expect(seen.post.title == "Oak <and> ash" && seen.post.text == "Short")
        #expect(seen.post.author?.name == "Ida Wood" && seen.post.hashtags == ["wood"])
        #expect(try seen.post.publishedAt == Instant("2026-11-01 10:00:00"))
    }

    @Test("Two feeds that both number their entries do not meet")
    func numbered() throws {
        func id(_ host: String) throws -> String {
            try Reading.post(
                "<rss><channel><item><guid>1</guid><link>https://\(host)/a</link></item></channel></rss>"
            ).post.platformPostID
        }
        #expect(try id("one.example") == "one.example:1")
        #expect(try id("TWO.example") == "two.example:1")
    }

    @Test(
        "An item without an address of the web is rejected",
        arguments: ["", "<link>javascript:alert(1)</link>", "<link>//desk.example/1</link>", "<link>a b</link>"])
    func malformed(link: String) throws {
        #expect(
            try Reading.adapted("<rss><channel><item><title>x</title>\(link)</item></channel></rss>")
                == [.rejected(reason: "link is missing")])
    }

    @Test("A feed without items holds nothing", arguments: ["<rss version=\"2.0\"><channel/></rss>", "<feed/>"])
    func empty(feed: String) throws {
        #expect(try Reading.adapted(feed).isEmpty)
    }

    @Test(
        "The recorded feeds", .needsRecordedData,
        arguments: [
            ("cloudflare_blog", 1, "Luke Valenta", "2021-10-14 12:59:53"),
            ("nightvale_podcast", 1, "Night Vale Presents", "2023-02-01 05:00:00"),
            ("spiegel_schlagzeilen", 1, "DER SPIEGEL", "2021-02-06 23:01:00"),
            ("techcrunch_2011-11-02", 8, "Leena Rao", "2011-11-02 17:25:27"),
        ])
    func recorded(name: String, count: Int, author: String, time: String) throws {
        let found = try Reading.recorded("feeds/\(name).rss2.xml").sightings

        #expect(found.count == count && found.first?.post.author?.name == author)
        #expect(try found.first?.post.publishedAt == Instant(time))
        for post in found.map(\.post) {
            #expect(post.title != nil && post.text?.contains("<p>") == false && post.url.hasPrefix("http"))
        }
    }
}
