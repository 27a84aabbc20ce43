import Foundation
import TestSupport
import Testing

/// Every recorded file through the real program: how many of its items become posts, and why the others do not.
@Suite("Recorded files", .enabled(if: SharedData.isThere, "\(SharedData.absence)"), .timeLimit(.minutes(5)))
struct RecordedFileTests {
    struct Expected: Sendable, CustomTestStringConvertible {
        let file: String
        let new: Int
        var updated = 0, unchanged = 0, skipped = 0
        var reason: String?

        var testDescription: String { file }
        var seen: Int { new + updated + unchanged }
    }

    static let table: [Expected] = [
        Expected(file: "feeds/cloudflare_blog.rss2.xml", new: 1),
        Expected(file: "feeds/nightvale_podcast.rss2.xml", new: 1),
        Expected(file: "feeds/reddit_homelab_new_2023-07-23.atom.xml", new: 25),
        Expected(file: "feeds/spiegel_schlagzeilen.rss2.xml", new: 1),
        Expected(file: "feeds/techcrunch_2011-11-02.rss2.xml", new: 8),
        Expected(file: "feeds/youtube_channel_google.atom.xml", new: 15),
        Expected(file: "hackernews/hn_frontpage_2022-04-06.rss2.xml", new: 15),
        Expected(
            file: "reddit/apify_reddit-scraper-pro_duolingomemes_2025-12-07.csv", new: 45, skipped: 15,
            reason: "comment, not a post"),
        Expected(
            file: "reddit/apify_reddit-scraper-pro_duolingomemes_2025-12-07.json", new: 330, skipped: 300,
            reason: "comment, not a post"),
        Expected(file: "reddit/listing_domain_youtube.com_top-all_2016-11-16.json", new: 65),
        Expected(file: "reddit/listing_front_best_2018-05-05.json", new: 53),
        Expected(file: "reddit/listing_front_top-all_2016-03-01.json", new: 64),
        Expected(file: "reddit/listing_redditdev_new_2016-07-17.json", new: 86),
        Expected(file: "tiktok/apify_tiktok_profile_2025-07.json", new: 6, skipped: 1, reason: "advertisement"),
        Expected(file: "tiktok/tiktok-scraper_trending_2020-12.json", new: 406),
        Expected(file: "twitter/apify_tweet-scraper_duolingo_2025.csv", new: 80),
        Expected(file: "twitter/apify_tweet-scraper_duolingo_2025.json", new: 877),
        Expected(file: "twitter/apify_tweet-scraper_nested_2025-11.json", new: 14),
        Expected(file: "youtube/apify_youtube-scraper_2025-09-18_14-12.json", new: 1),
        Expected(file: "youtube/apify_youtube-scraper_2025-09-18_16-24.json", new: 4),
        Expected(
            file: "youtube/categories.json", new: 0, skipped: 1, reason: "a table of category names, not posts"),
        Expected(file: "youtube/trending.jsonl", new: 635, updated: 2010, unchanged: 12),
        Expected(
            file: "ytdlp/channel_anonymised-upstream.info.json", new: 0, skipped: 1,
            reason: "channel or playlist without entries, not a post"),
        Expected(file: "ytdlp/video_anonymised-upstream.info.json", new: 1),
    ]

    @Test("Accepted, skipped and rejected are exactly these, and a second import finds nothing new", arguments: table)
    func counts(expected: Expected) async throws {
        let house = try House()
        let path = SharedData.path(expected.file)
        let rest = "\(expected.skipped) skipped, 0 rejected"

        let first = try await house.kapture("import", path)
        let second = try await house.kapture("import", path)

        let reasons = expected.reason.map { ["  skipped \(expected.skipped): \($0)"] } ?? []
        let counts = "\(expected.new) new, \(expected.updated) updated, \(expected.unchanged) unchanged, \(rest)"
        #expect(first.status == 0 && first.lines == ["\(path): \(counts)"] + reasons)
        #expect(second.lines == ["\(path): 0 new, 0 updated, \(expected.seen) unchanged, \(rest)"] + reasons)
    }

    @Test("No recorded file is missing in this table")
    func complete() throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: SharedData.folder)
        let files = paths.filter { $0.contains("/") && $0.contains(".") }
        #expect(Set(files) == Set(Self.table.map(\.file)))
    }
}
