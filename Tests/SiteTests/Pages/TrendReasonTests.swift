import Core
import TestSupport
import Testing

@testable import Site

@Suite("A trend's numbers and reasons")
struct TrendReasonTests {
    private func reasons(_ ratio: Double?, velocity: Velocity? = nil, rising: Double? = nil) -> TrendReasons {
        let outlier = ratio.map(PageFixture.outlier) ?? .notEnoughData(reason: "too few.")
        let score = TrendScore(velocity: velocity, outlier: outlier, rising: rising)
        return TrendReasons(score, score: ScoreChip(outlier))
    }

    @Test(
        "A score has a headline that fits its size",
        arguments: [
            (10, "Far above its peers"), (9.99, "Well above its peers"), (5, "Well above its peers"),
            (4.99, "Above its peers"),
            (1.5, "Above its peers"), (1.49, "Like its peers"), (0.67, "Like its peers"), (0.66, "Below its peers"),
            (0, "Below its peers"),
        ] as [(Double, String)])
    func headline(_ ratio: Double, _ title: String) {
        #expect(reasons(ratio).title == title && reasons(ratio).isKnown)
    }

    @Test("What is not known is said in words, never as a zero")
    func unknown() {
        let reasons = reasons(nil)
        #expect(reasons.title == "No score yet" && !reasons.isKnown)
        #expect(reasons.velocity == "Not known: that takes two sightings with the same number.")
        #expect(reasons.rising == "Not known yet.")
    }

    @Test(
        "An expectation is rounded to whole counts, and none is said as none",
        arguments: [
            (0.4, "No more views expected."), (0, "No more views expected."), (0.5, "About 1 more views expected."),
            (8400, "About 8.4k more views expected."), (-3, "No more views expected."),
        ] as [(Double, String)])
    func expectation(_ gain: Double, _ sentence: String) {
        #expect(reasons(1, rising: gain).rising == sentence)
    }

    @Test("An expectation of likes is called that")
    func likes() {
        let start = PageFixture.start
        let velocity = Velocity(measure: .likes, perHour: 1, acceleration: nil, from: start, to: start.adding(hours: 1))
        #expect(reasons(1, velocity: velocity, rising: 50).rising == "About 50 more likes expected.")
    }

    // MARK: Numbers

    @Test("The table is newest first; a gain is told between known values only, and unknown is a dash")
    func table() {
        let numbers = TrendNumbers(PageFixture.trend(1, views: [100, nil, 400, 350]))
        #expect(numbers.rows.map(\.views) == ["350", "400", "–", "100"])
        #expect(numbers.rows.map(\.gained) == ["-50", "+300", "–", "–"])
        #expect(numbers.rows.map(\.likes) == ["17", "20", "–", "5"])
        #expect(numbers.rows.allSatisfy { $0.shares == "–" && $0.comments == "–" })
        #expect(numbers.seen == "seen 4 times")
    }

    @Test("A number now stands with what it gained last; one that is not known has neither")
    func stats() {
        let numbers = TrendNumbers(PageFixture.trend(1, views: [100, nil, 400]))
        #expect(numbers.stats.map(\.name) == ["Views", "Likes", "Comments", "Shares"])
        #expect(numbers.stats.map(\.exact) == ["400", "20", nil, nil])
        #expect(numbers.stats.map(\.change) == ["+300", "+15", nil, nil])
    }

    @Test("One sighting has no chart and says what it takes")
    func once() {
        let numbers = TrendNumbers(PageFixture.trend(1, views: [100]))
        #expect(
            numbers.chart == nil && numbers.seen == "seen once" && numbers.chartHint == "A chart needs two sightings.")
        #expect(numbers.stats[0].change == nil)
    }

    @Test("A long text is cut at a whole letter and says that it goes on", arguments: ["a", "é", "日", "👩‍🚀"])
    func longText(_ letter: String) throws {
        var post = PageFixture.post(1)
        post.text = String(repeating: letter, count: 7000)
        let page = TrendPage(frame: PageFixture.frame(), trend: PageFixture.trend(1, post: post), boards: [])
        let text = try #require(page.text)
        #expect(text.hasSuffix("…") && text.utf8.count <= 6003 && !text.contains("\u{FFFD}"))
        #expect(post.text?.hasPrefix(text.dropLast(1).prefix(100)) == true)
    }

    @Test("A text that only repeats the title is not shown twice")
    func repeated() {
        var post = PageFixture.post(1)
        post.text = post.title
        #expect(TrendPage(frame: PageFixture.frame(), trend: PageFixture.trend(1, post: post), boards: []).text == nil)
    }

    @Test("A trend page names the lists and boards that it is in, and no list of somebody else's")
    func uses() {
        let foreign = Watchlist(
            id: PageFixture.id(99), name: "Foreign", rule: .everything, createdAt: PageFixture.start)
        let trend = PageFixture.trend(1, watchlists: [PageFixture.gadgets, foreign])
        let page = TrendPage(
            frame: PageFixture.frame(), trend: trend, boards: [PageFixture.board(1, evidence: [trend])])
        #expect(page.watchlists.map(\.name) == ["Gadgets & tools"])
        #expect(page.boards.map(\.link.text) == ["/ideaboards/\(PageFixture.board(1).id)/"])
    }
}
