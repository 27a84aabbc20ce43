import Core
import Scraping
import TestSupport
import Testing

@Suite("Apify's tweets")
struct ApifyTwitterAdapterTests {
    @Test("A tweet keeps every field; nothing of its text misleads")
    func tweet() throws {
        let seen = try #require(try Reading.fixture("apify-tweets.json").sightings.first)

        var post = Post(
            platform: .twitter, platformPostID: "1970000000000000001", contentType: .image,
            url: "https://x.com/ada_builds/status/1970000000000000001")
        (post.title, post.text) = ("Ship <it> & rest #ai gnp.exe", "Ship <it> & rest\n\n#ai gnp.exe")
        post.thumbnailURL = "https://pbs.example.com/media/a.jpg"
        post.author = Author(
            platform: .twitter, platformAuthorID: "9", name: "Ada 👩‍🚀", url: "https://x.com/ada_builds",
            followers: 1200)
        (post.publishedAt, post.language) = (try Instant("2025-09-13 18:06:27"), "en")
        post.hashtags = ["ai", "AI"]
        #expect(seen == Sighting(post: post, counts: Counts(views: 5200, likes: 41, shares: 3, comments: 2)))
    }

    @Test("A number as id stays exact, a day that never was is no date, a moving picture is a video")
    func moving() throws {
        let seen = try Reading.fixture("apify-tweets.json").sightings[1]

        #expect(seen.post.platformPostID == "1970000000000000002")
        #expect(seen.post.publishedAt == nil && seen.post.language == nil && seen.post.contentType == .video)
        #expect(seen.counts == Counts(shares: 0))
        #expect(seen.post.author?.platformAuthorID == "ada_builds")
    }

    @Test("Reposts and \"no results\" are skipped, a tweet without id is rejected")
    func others() throws {
        #expect(
            Array(try Reading.fixture("apify-tweets.json")[2...]) == [
                .skipped(reason: "repost of somebody else's post"), .skipped(reason: "the scraper found nothing"),
                .rejected(reason: "id is missing"),
            ])
    }

    @Test("An export without author names the account by the address")
    func csv() throws {
        let found = try Reading.fixture("apify-tweets.csv")
        let seen = try #require(found.sightings.first)

        #expect(seen.post.title == "@owl You just took my 30 min of boost")
        #expect(
            seen.post.author == Author(platform: .twitter, platformAuthorID: "bo", name: "bo", url: "https://x.com/bo"))
        #expect(seen.counts == Counts(likes: 4, shares: 0, comments: 0))
        #expect(try seen.post.publishedAt == Instant("2025-12-06 17:11:22"))
        #expect(found[1] == .skipped(reason: "repost of somebody else's post"))
    }

    @Test("The recorded search: every tweet has its date and account; CSV and JSON agree", .needsRecordedData)
    func recordedSearch() throws {
        let name = "twitter/apify_tweet-scraper_duolingo_2025"
        let (json, csv) = (try Reading.recorded(name + ".json"), try Reading.recorded(name + ".csv"))
        let known = Dictionary(grouping: json.sightings, by: \.post.platformPostID)

        #expect(json.sightings.count == 877 && json.count == 877 && csv.sightings.count == 80)
        #expect(json.sightings.allSatisfy { $0.post.publishedAt != nil && $0.post.author != nil })
        #expect(json.sightings.allSatisfy { $0.counts.views == nil && $0.counts.likes != nil })
        for sighting in csv.sightings { #expect(known[sighting.post.platformPostID] == [sighting]) }
    }

    @Test("The recorded whole items: media, hashtags, language, followers", .needsRecordedData)
    func recordedWhole() throws {
        let found = try Reading.recorded("twitter/apify_tweet-scraper_nested_2025-11.json").sightings
        let first = try #require(found.first)

        #expect(found.count == 14)
        #expect(found.filter { $0.post.contentType == .video }.count == 4)
        #expect(found.filter { $0.post.contentType == .image }.count == 6)
        #expect(first.post.hashtags == ["UnitySchools", "Nigeria"])
        #expect(first.post.title?.contains("FGGC Abaji; & Ushi-Ekiti.") == true)
        #expect(first.counts == Counts(views: 3320, likes: 52, shares: 42, comments: 6))
        #expect(first.post.author?.platformAuthorID == "3886771835")
        #expect(try first.post.publishedAt == Instant("2025-11-21 20:20:00"))
    }
}
