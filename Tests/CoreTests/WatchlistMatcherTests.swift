import Core
import Testing

@Suite("Watchlist matcher")
struct WatchlistMatcherTests {
    private let now = CivilTime(year: 2026, month: 11, day: 24).instant

    private func post(_ title: String, text: String? = nil, tags: [String] = []) -> Post {
        var post = Post(platform: .youtube, platformPostID: "a", contentType: .video, url: "https://example.com/a")
        (post.title, post.text, post.hashtags) = (title, text, tags)
        return post
    }

    @Test(
        "Keywords match whole words, whatever their case and diacritics",
        arguments: [
            ("echame", "Luis Fonsi - Échame La Culpa", true), ("ÉCHAME", "echame", true),
            ("art", "Smart art-work", true),
            ("art", "Smart cartoons", false), ("la culpa", "Échame La   Culpa", true), ("culpa la", "La Culpa", false),
            ("iphone x", "The iPhone-X!", true), ("dont", "Don't stop", true), ("strasse", "Straße", true),
            ("動画", "今日の動画です", true), ("#makeup", "makeup", false), ("über", "uber alles", true),
            ("🎯", "Hit 🎯 now", true),
        ] as [(String, String, Bool)])
    func keywords(word: String, title: String, matches: Bool) throws {
        let matcher = WatchlistMatcher(try WatchlistRule(keywords: [word]))
        #expect(matcher.matches(post(title), counts: Counts(), now: now) == matches)
    }

    @Test("A word with # matches hashtags only")
    func hashtags() throws {
        let matcher = WatchlistMatcher(try WatchlistRule(keywords: ["#MakeUp"]))
        #expect(matcher.matches(post("x", tags: ["makeup"]), counts: Counts(), now: now))
    }

    @Test("Must-words all have to stand, exclusions must not")
    func mustAndNot() throws {
        let matcher = WatchlistMatcher(try WatchlistRule(mustWords: ["a", "b"], exclusions: ["c"]))
        let results = ["a b", "a", "a b c"].map { matcher.matches(post($0), counts: Counts(), now: now) }
        #expect(results == [true, false, false])
    }

    @Test("Unknown views are not enough where a minimum is set, and zero is no minimum")
    func views() throws {
        var limits = WatchlistRule.Limits()
        limits.minimumViews = 100
        let matcher = WatchlistMatcher(try WatchlistRule(limits: limits))
        let results = [nil, 99, 100].map { matcher.matches(post("a"), counts: Counts(views: $0), now: now) }
        #expect(results == [false, false, true])
    }

    @Test("Age, length, platform, language and Shorts decide")
    func limits() throws {
        var limits = WatchlistRule.Limits()
        (limits.maximumAgeHours, limits.maximumDuration, limits.language, limits.shorts) = (24, 60, "en", .exclude)
        let matcher = WatchlistMatcher(try WatchlistRule(platforms: [.youtube], limits: limits))
        var fine = post("a")
        (fine.publishedAt, fine.duration, fine.language) = (now.adding(hours: -23), 60, "en-GB")
        var (old, long, french, short, tiktok) = (fine, fine, fine, fine, fine)
        old.publishedAt = now.adding(hours: -25)
        (long.duration, french.language, short.isShort, tiktok.platform) = (61, "fr", true, .tiktok)
        let results = [fine, old, long, french, short, tiktok].map { matcher.matches($0, counts: Counts(), now: now) }
        #expect(results == [true, false, false, false, false, false])
    }

    @Test("A rule that breaks a bound is refused by name", arguments: [101, 0])
    func bounds(count: Int) {
        let words = count == 0 ? [""] : (0..<count).map { "w\($0)" }
        let error = #expect(throws: ValidationError.self) { try WatchlistRule(keywords: words) }
        #expect(error?.field == "keywords")
    }
}
