import Core
import TestSupport
import Testing

@testable import Site

/// What stands beside the lists: the next step, the digest of a watchlist, the split by platform.
@Suite("At a glance")
struct GlanceTests {
    private func card(
        _ number: Int, ratio: Double? = 8.2, views: [Int64?] = [1000, 2000], state: TrendState = .seen,
        platform: Platform = .youtube, lists: [Watchlist] = [PageFixture.music]
    ) throws -> TrendCard {
        var post = PageFixture.post(number)
        post.platform = platform
        var trend = PageFixture.trend(number, views: views, post: post, state: state, watchlists: lists)
        let outlier = ratio.map(PageFixture.outlier) ?? .notEnoughData(reason: "x")
        trend.score = TrendScore(velocity: nil, outlier: outlier, rising: trend.score.rising)
        return try PageFixture.card(trend)
    }

    // MARK: Next step

    private func step(_ cards: [TrendCard], _ boards: [Ideaboard] = [], lists: [Watchlist] = [PageFixture.music])
        -> NextStep?
    {
        NextStep(frame: PageFixture.frame(lists), cards: cards, boards: boards)
    }

    @Test("Only what is five times over its peers, rises, and is not used yet counts")
    func strong() throws {
        let cards = [
            try card(1, ratio: 4.99), try card(2, ratio: 5), try card(3, ratio: nil), try card(4, views: [nil]),
        ]
        #expect(step(cards)?.sentence == "1 rising post is 5x over its peers or more, and you have not used it.")
        #expect(step(cards)?.link.text == "/trends/\(cards[1].id)/")
        #expect(step([cards[0], cards[2], cards[3]]) == nil)
    }

    @Test("Of several, the one that is expected to gain most is opened")
    func strongest() throws {
        let cards = [try card(1, views: [10, 20]), try card(2, views: [10, 900_000]), try card(3, views: [10, 500])]
        #expect(step(cards)?.sentence == "3 rising posts are 5x over their peers or more, and you have not used them.")
        #expect(step(cards)?.link.text == "/trends/\(cards[1].id)/")
    }

    @Test("Evidence of any board is used, a draft is what is left to do, published and archived boards are done")
    func boards() throws {
        let cards = [try card(1), try card(2)]
        func board(_ number: Int, _ status: IdeaboardStatus, _ evidence: [TrendCard]) -> Ideaboard {
            var board = PageFixture.board(number)
            (board.status, board.trendIDs) = (status, evidence.map(\.id))
            return board
        }
        let (archived, published) = (board(1, .archived, [cards[0]]), board(2, .published, [cards[1]]))
        let draft = board(3, .draft, [])

        #expect(step(cards, [archived])?.link.text == "/trends/\(cards[1].id)/")
        #expect(step(cards, [archived, published, draft])?.sentence == "“\(draft.title)” is still a draft.")
        #expect(step(cards, [archived, published, draft])?.link.text == "/ideaboards/\(draft.id)/")
        #expect(step(cards, [archived, published]) == nil)
    }

    @Test("Without watchlists or trends the page says what comes first elsewhere")
    func none() throws {
        #expect(step([try card(1)], lists: []) == nil)
        #expect(step([], [PageFixture.board(1)]) == nil)
    }

    // MARK: Digest

    private func digests(_ cards: [TrendCard], lists: [Watchlist] = [PageFixture.music, PageFixture.gadgets])
        -> [WatchlistDigest]
    {
        WatchlistDigest.all(frame: PageFixture.frame(lists), cards: cards)
    }

    @Test("A list shows five risers and four newcomers, none of them twice")
    func digest() throws {
        let cards = try (1...20).map { try card($0, views: [10, Int64($0) * 1000], state: .new) }
        let digest = digests(cards)[0]
        #expect(digest.risers.map(\.id) == cards.reversed().prefix(5).map(\.id))
        #expect(digest.newcomers.map(\.id) == cards.reversed().dropFirst(5).prefix(4).map(\.id))
        #expect((digest.total, digest.new, digest.summary) == ("20", 20, "20 new"))
        #expect(digest.empty == nil)
    }

    @Test("A trend of two lists stands in both, one of none in neither")
    func membership() throws {
        let (both, none) = (try card(1, lists: [PageFixture.music, PageFixture.gadgets]), try card(2, lists: []))
        #expect(digests([both, none]).map { $0.risers.map(\.id) } == [[both.id], [both.id]])
    }

    @Test("A list that is still says so, an empty one says what fills it")
    func quiet() throws {
        let still = try card(1, views: [nil])
        let digests = digests([still])
        #expect(digests[0].summary == "nothing new")
        #expect(digests[0].empty?.sentence == "Nothing rises here, and nothing new came in.")
        #expect(digests[0].empty?.link.text == "/trends/watchlists/\(PageFixture.music.id)/")
        #expect(digests[1].empty?.link.text == "/help/importing/")
    }

    @Test("A single list gets no more than its share either")
    func single() throws {
        let cards = try (1...50).map { try card($0, state: .new) }
        let digest = digests(cards, lists: [PageFixture.music])[0]
        #expect((digest.risers.count, digest.newcomers.count) == (5, 4))
    }

    // MARK: Split

    @Test("Platforms are counted largest first, equal ones by name, and small ones are not rounded to nothing")
    func split() throws {
        let cards = try (0..<300).map { try card($0, platform: $0 < 298 ? .tiktok : $0 == 298 ? .web : .reddit) }
        let split = try #require(PlatformSplit(cards))
        #expect(split.parts.map(\.name) == ["TikTok", "Reddit", "Web"])
        #expect(split.parts.map(\.count) == ["298", "1", "1"])
        #expect(split.parts.map(\.share) == ["99 %", "under 1 %", "under 1 %"])
    }

    @Test("The bar's parts lie side by side in a hundred", arguments: 1...4 as ClosedRange<UInt64>)
    func bar(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let cards = try (0..<Int.random(in: 1...200, using: &random)).map {
            try card($0, platform: Platform.allCases.randomElement(using: &random)!)
        }
        let drawing = String(decoding: try #require(PlatformSplit(cards)).bar.bytes, as: UTF8.self)
        var end = 0.0
        for part in drawing.matches(of: /x="([\d.]+)" width="([\d.]+)"/) {
            let (x, width) = (try #require(Double(part.1)), try #require(Double(part.2)))
            #expect(x >= end - 0.11 && width > 0, "seed \(seed): \(drawing)")
            end = x + width
        }
        #expect(end <= 100.5, "seed \(seed)")
    }

    @Test("One platform is everything, no trend is no split")
    func whole() throws {
        #expect(PlatformSplit([try card(1)])?.parts.map(\.share) == ["100 %"])
        #expect(PlatformSplit([]) == nil)
    }
}
