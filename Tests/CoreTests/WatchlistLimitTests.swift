import Core
import Testing

/// Each limit of a watchlist alone, at its bound and where the post does not say.
@Suite("Watchlist limits")
struct WatchlistLimitTests {
    private static let now = CivilTime(year: 2026, month: 11, day: 24).instant

    private static var post: Post {
        Post(platform: .youtube, platformPostID: "a", contentType: .video, url: "https://example.com/a")
    }

    private func takes(
        _ post: Post, views: Int64? = nil, platforms: Set<Platform> = [],
        _ set: (inout WatchlistRule.Limits) -> Void = { _ in }
    ) throws -> Bool {
        var limits = WatchlistRule.Limits()
        set(&limits)
        let rule = try WatchlistRule(platforms: platforms, limits: limits)
        return WatchlistMatcher(rule).matches(post, counts: Counts(views: views), now: Self.now)
    }

    @Test("A rule without limits takes every post")
    func everything() throws {
        let matcher = WatchlistMatcher(.everything)
        #expect(matcher.matches(Self.post, counts: Counts(), now: Self.now))
        #expect(try takes(Self.post))
    }

    @Test(
        "Views are compared with the minimum, the minimum included; likes do not stand in for them",
        arguments: [(nil, 1, false), (0, 1, false), (99, 100, false), (100, 100, true), (nil, 0, true)]
            as [(
                Int64?, Int64, Bool
            )])
    func views(_ views: Int64?, _ minimum: Int64, _ isTaken: Bool) throws {
        #expect(try takes(Self.post, views: views) { $0.minimumViews = minimum } == isTaken)
        let rule = try WatchlistRule(
            limits: {
                var limits = WatchlistRule.Limits(); limits.minimumViews = 1; return limits
            }())
        #expect(!WatchlistMatcher(rule).matches(Self.post, counts: Counts(likes: 1_000_000), now: Self.now))
    }

    @Test(
        "Languages are compared by their first part, in any case; a post that names none is taken",
        arguments: [
            ("en", "en", true), ("en", "en-GB", true), ("en", "EN_us", true), ("pt-BR", "pt", true),
            ("PT", "pt-PT", true), ("en", nil, true), ("en", "de", false), ("en", "enm", false), ("de", "nl", false),
            ("zh-Hant", "zh-Hans", true),
        ] as [(String, String?, Bool)])
    func language(_ wanted: String, _ found: String?, _ isTaken: Bool) throws {
        var post = Self.post
        post.language = found
        #expect(try takes(post) { $0.language = wanted } == isTaken)
    }

    @Test(
        "Age is counted to the hour, the last one included; unknown and future times are taken",
        arguments: [(-24.0, true), (-24.001, false), (-1000, false), (0, true), (72, true), (nil, true)]
            as [(
                Double?, Bool
            )])
    func age(_ hours: Double?, _ isTaken: Bool) throws {
        var post = Self.post
        post.publishedAt = hours.map { Self.now.adding(hours: $0) }
        #expect(try takes(post) { $0.maximumAgeHours = 24 } == isTaken)
    }

    @Test(
        "Length has two bounds, both included; a post without a length is taken",
        arguments: [(59, false), (60, true), (90, true), (120, true), (121, false), (nil, true), (0, false)]
            as [(
                Int64?, Bool
            )])
    func length(_ seconds: Int64?, _ isTaken: Bool) throws {
        var post = Self.post
        post.duration = seconds
        #expect(try takes(post) { ($0.minimumDuration, $0.maximumDuration) = (60, 120) } == isTaken)
    }

    @Test(
        "Shorts are taken with the others, left out, or taken alone",
        arguments: [
            (ShortsRule.include, true, true), (.include, false, true), (.exclude, true, false),
            (.exclude, false, true), (.only, true, true), (.only, false, false),
        ])
    func shorts(_ rule: ShortsRule, _ isShort: Bool, _ isTaken: Bool) throws {
        var post = Self.post
        post.isShort = isShort
        #expect(try takes(post) { $0.shorts = rule } == isTaken)
    }

    @Test("Platforms: none means all, any other list only those", arguments: Platform.allCases)
    func platforms(_ platform: Platform) throws {
        var post = Self.post
        post.platform = platform
        #expect(try takes(post))
        #expect(try takes(post, platforms: [platform]))
        #expect(try !takes(post, platforms: Set(Platform.allCases).subtracting([platform])))
    }

    @Test("Limits and words are asked together")
    func together() throws {
        var limits = WatchlistRule.Limits()
        limits.minimumViews = 10
        let matcher = WatchlistMatcher(try WatchlistRule(keywords: ["cash"], limits: limits))
        var post = Self.post
        post.title = "Cash machine"

        #expect(matcher.matches(post, counts: Counts(views: 10), now: Self.now))
        #expect(!matcher.matches(post, counts: Counts(views: 9), now: Self.now))
        post.title = "A machine"
        #expect(!matcher.matches(post, counts: Counts(views: 10), now: Self.now))
    }
}
