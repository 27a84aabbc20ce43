import Core
import Scraping
import TestSupport
import Testing

@Suite("Apify's Reddit items")
struct ApifyRedditAdapterTests {
    @Test("A post of the lite scraper keeps every field and its own time of observation")
    func lite() throws {
        let seen = try #require(try Reading.fixture("apify-reddit.json").sightings.first)

        var post = Post(
            platform: .reddit, platformPostID: "1abcde", contentType: .text,
            url: "https://www.reddit.com/r/NewTubers/comments/1abcde/title/")
        (post.title, post.text) = ("What changed my retention & why", "First line\n\nSecond line")
        post.author = Author(
            platform: .reddit, platformAuthorID: "someone", name: "someone",
            url: "https://www.reddit.com/user/someone")
        (post.publishedAt, post.hashtags) = (try Instant("2026-09-30 12:00:00"), ["NewTubers", "TIL"])
        let counts = Counts(likes: 512, comments: 84)
        #expect(seen == Sighting(post: post, counts: counts, observedAt: try Instant("2026-10-01 12:00:00")))
    }

    @Test("A post of the pro scraper: numbers as text, no author where it was deleted, no picture from a script")
    func pro() throws {
        let seen = try Reading.fixture("apify-reddit.json").sightings[1]

        #expect(seen.counts == Counts(likes: 1024, comments: 7))
        #expect(seen.post.author == nil && seen.post.contentType == .image)
        #expect(seen.post.thumbnailURL == nil)
        #expect(try seen.observedAt == Instant("2026-10-01 12:30:00"))
    }

    @Test("Votes below zero are unknown, and the name's spelling does not matter")
    func spelling() throws {
        let seen = try Reading.fixture("apify-reddit.json").sightings[2]

        #expect(seen.counts == Counts())
        #expect(seen.post.author?.name == "filmer" && seen.post.contentType == .video)
        #expect(seen.post.hashtags == ["NewTubers"])
    }

    @Test("Advertisements, comments and communities are skipped each with its reason")
    func others() throws {
        let found = try Reading.fixture("apify-reddit.json")

        #expect(
            Array(found[3...]) == [
                .skipped(reason: "advertisement"), .skipped(reason: "comment, not a post"),
                .skipped(reason: "community, not a post"), .rejected(reason: "url is missing"),
            ])
    }

    @Test("The CSV export gives the same as the items: quoted line breaks, several pictures, a spreadsheet's errors")
    func csv() throws {
        let found = try Reading.fixture("apify-reddit.csv")
        let (text, pictures) = (found.sightings[0], found.sightings[1])

        #expect(text.post.text == "First, with a comma\nand \"quotes\"" && text.post.title == "Why, though")
        #expect(text.counts == Counts(likes: 4, comments: 2))
        #expect(text.post.author?.platformAuthorID == "1oqj9")
        #expect(try text.observedAt == Instant("2026-10-01 12:00:00"))
        #expect(pictures.post.thumbnailURL == "https://preview.redd.it/a.jpeg?auto=webp&s=2b")
        #expect(pictures.counts == Counts(likes: 0), "an empty cell is unknown, a zero is a zero")
        #expect(found[2] == .skipped(reason: "comment, not a post"))
    }

    @Test("The recorded community: 330 posts, 300 comments; its CSV agrees with its JSON", .needsRecordedData)
    func recorded() throws {
        let name = "reddit/apify_reddit-scraper-pro_duolingomemes_2025-12-07"
        let (json, csv) = (try Reading.recorded(name + ".json"), try Reading.recorded(name + ".csv"))
        let first = try #require(json.sightings.first)

        #expect(json.count == 630 && json.sightings.count == 330 && json.rejections.isEmpty)
        #expect(csv.count == 60 && csv.sightings.count == 45 && csv.rejections.isEmpty)
        #expect(first.post.title == "His mustache" && first.counts == Counts(likes: 4, comments: 2))
        #expect(first.post.hashtags == ["duolingomemes", "Meme"] && first.post.author?.name == "NFS_paybackfan")
        let known = Dictionary(grouping: json.sightings, by: \.post.platformPostID)
        for sighting in csv.sightings { #expect(known[sighting.post.platformPostID] == [sighting]) }
    }
}
