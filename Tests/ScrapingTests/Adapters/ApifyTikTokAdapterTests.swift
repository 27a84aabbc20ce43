import Core
import Scraping
import TestSupport
import Testing

@Suite("Apify's TikTok items")
struct ApifyTikTokAdapterTests {
    @Test("A video keeps every field, its id and its hidden zero")
    func video() throws {
        let seen = try #require(try Reading.fixture("apify-tiktok.json").sightings.first)

        var post = Post(
            platform: .tiktok, platformPostID: "7500000000000000001", contentType: .video,
            url: "https://www.tiktok.com/@hook.lab/video/7500000000000000001")
        post.isShort = true
        post.title = "3 hooks that work for anyone 🎬 #creator #עברית"
        post.text = "3 hooks that work for   anyone 🎬\n#creator #עברית"
        post.thumbnailURL = "https://p16.example.com/cover.image?x-expires=1752141600&x-signature=a%3D"
        post.author = Author(
            platform: .tiktok, platformAuthorID: "68", name: "Hook Lab", url: "https://www.tiktok.com/@hook.lab",
            followers: 51_200)
        (post.publishedAt, post.duration, post.language) = (try Instant("2025-09-06"), 15, "en")
        post.hashtags = ["creator", "עברית", "plain"]
        #expect(
            seen == Sighting(post: post, counts: Counts(views: 184_000, likes: 10_400, shares: 0, comments: 233)))
    }

    @Test("A slideshow is pictures; ids beyond 2^53 stay exact, text counts are read, null and -1 are unknown")
    func slideshow() throws {
        let seen = try Reading.fixture("apify-tiktok.json").sightings[1]

        #expect(seen.post.platformPostID == "7500000000000000002")
        #expect(seen.post.contentType == .image && !seen.post.isShort)
        #expect(seen.counts == Counts(likes: 12))
        #expect(try seen.post.publishedAt == Instant("2025-09-06 00:01:00"))
        #expect(seen.post.language == nil && seen.post.title == nil)
        #expect(seen.post.author == Author(platform: .tiktok, platformAuthorID: "hook.lab", name: "hook.lab"))
    }

    @Test("Advertisements are skipped, error items and notes rejected with their reason")
    func others() throws {
        let found = try Reading.fixture("apify-tiktok.json")

        #expect(found[2] == .skipped(reason: "advertisement"))
        #expect(
            found.rejections == [
                "the scraper reports PROFILE_PRIVATE", "no known kind of post; its keys are input, note",
                "id is missing",
            ])
    }

    @Test("Items of the older scraper carry their covers elsewhere")
    func older() throws {
        let seen = try #require(try Reading.fixture("tiktok-scraper-2020.json").sightings.first)

        #expect(seen.post.thumbnailURL == "https://p16.example.com/a.image?x-expires=1")
        #expect(seen.post.author?.name == "Steps ทีละก้าว" && seen.post.author?.platformAuthorID == "6823")
        #expect(try seen.post.publishedAt == Instant("2020-10-23 22:29:31"))
        #expect(seen.counts == Counts(views: 100_500, likes: 7268, shares: 480, comments: 100))
        #expect(seen.post.hashtags == ["dance"] && seen.post.duration == 19)
    }

    @Test("The recorded profile: six posts, one advertisement", .needsRecordedData)
    func recordedProfile() throws {
        let found = try Reading.recorded("tiktok/apify_tiktok_profile_2025-07.json")
        let first = try #require(found.sightings.first)

        #expect(found.count == 7 && found[4] == .skipped(reason: "advertisement") && found.sightings.count == 6)
        #expect(first.counts == Counts(views: 2314, likes: 158, shares: 0, comments: 12))
        #expect(try first.post.publishedAt == Instant("2025-07-07 14:58:13"))
        #expect(first.post.title?.hasPrefix("🎯 Interviews are tough.") == true)
        #expect(first.post.hashtags.first == "finalroundai" && first.post.author?.name == "Meeni Tech")
    }

    @Test("The recorded trending list of 2020: 406 posts of many scripts, none without its numbers", .needsRecordedData)
    func recordedTrending() throws {
        let found = try Reading.recorded("tiktok/tiktok-scraper_trending_2020-12.json")
        let first = try #require(found.sightings.first)

        #expect(found.count == 406 && found.sightings.count == 406)
        #expect(Set(found.sightings.map(\.post.platformPostID)).count == 406)
        #expect(found.sightings.allSatisfy { $0.counts.views != nil && $0.post.publishedAt != nil })
        #expect(first.post.platformPostID == "6886946250336324870" && first.counts.views == 100_500)
        #expect(first.post.author?.platformAuthorID == "6823831018585179141")
    }

    @Test("The second vendor's items, with and without an id of their own")
    func apidojo() throws {
        let found = try Reading.fixture("apidojo-tiktok.json")
        let (first, second) = (found.sightings[0], found.sightings[1])

        #expect(first.counts == Counts(views: 90_210, likes: 811, shares: 3, comments: 12))
        #expect(first.post.duration == 31 && first.post.thumbnailURL == "https://p16.example.com/c.jpg")
        #expect(
            first.post.author
                == Author(
                    platform: .tiktok, platformAuthorID: "42", name: "Brush", url: "https://www.tiktok.com/@brush",
                    followers: 1200))
        #expect(second.post.platformPostID == "7400000000000000010" && second.counts.isEmpty)
        #expect(first.post.publishedAt == second.post.publishedAt)
        #expect(found[2] == .rejected(reason: "postPage is missing"))
    }
}
