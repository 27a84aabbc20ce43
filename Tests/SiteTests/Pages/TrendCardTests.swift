import Core
import TestSupport
import Testing

@testable import Site

@Suite("Trend card")
struct TrendCardTests {
    @Test("Unknown counts are not shown, known zeros are")
    func counts() {
        let unknown = CountFigure.two(of: Counts())
        let zero = CountFigure.two(of: Counts(views: 0, comments: 1))

        #expect(unknown.isEmpty)
        #expect(zero.map { "\($0.exact) \($0.noun)" } == ["0 views", "1 comment"])
    }

    @Test("A post without a title is called by its text, else by who posted it where")
    func titles() {
        var post = Post(platform: .twitter, platformPostID: "1", contentType: .text, url: "https://x.com/1")
        #expect(post.displayTitle == "X post")

        post.author = Author(platform: .twitter, platformAuthorID: "n", name: "NASA")
        #expect(post.displayTitle == "X post by NASA")

        post.text = "  We are\n\ngoing  "
        #expect(post.displayTitle == "We are going")
    }

    @Test(
        "A title is one line of at most 110 letters",
        arguments: [
            ("plain", "plain"), ("two  spaces", "two spaces"), (" tab\tand\u{1}control ", "tab andcontrol"),
            (String(repeating: "a", count: 111), String(repeating: "a", count: 110) + "…"),
            (String(repeating: "é", count: 110), String(repeating: "é", count: 110)),
        ])
    func oneLine(_ title: String, _ shown: String) {
        #expect(title.oneLine(110) == shown)
    }

    @Test("A letter made of a thousand marks does not make a card large")
    func marks() {
        let title = "a" + String(repeating: "\u{301}", count: 1000)
        #expect(title.oneLine(110).utf8.count <= 400)
    }

    @Test(
        "The latest gain names its measure and span",
        arguments: [
            ([38_000, 96_000, 201_000] as [Int64?], "+105k", "in 12 h", "up"),
            ([100, 300, 310], "+10", "in 12 h", ""),
            ([300, 290], "-10", "in 12 h", "down"),
            ([100, nil, 300], "+200", "in 24 h", ""),
        ])
    func pulse(_ views: [Int64?], _ gain: String, _ span: String, _ tone: String) throws {
        let pulse = try #require(Pulse(PageFixture.trend(1, views: views).history))
        #expect([pulse.gain, pulse.span, pulse.tone] == [gain, span, tone])
    }

    @Test("Likes are told apart from views, and one sighting is no growth")
    func likes() throws {
        let history = [10, 40].enumerated().map { index, likes in
            Snapshot(
                observedAt: PageFixture.start.adding(hours: Double(index)), counts: Counts(likes: Int64(likes)))
        }
        #expect(try #require(Pulse(history)).span == "likes in 60 min" || Pulse(history)?.span == "likes in 1 h")
        #expect(Pulse([history[0]]) == nil)
    }

    @Test(
        "Scores have four tones",
        arguments: [
            (0.2, "t0"), (1.49, "t0"), (1.5, "t1"), (5, "t2"), (9.99, "t2"), (10, "t3"), (157, "t3"),
        ])
    func tones(_ ratio: Double, _ tone: String) {
        #expect(ScoreChip(PageFixture.outlier(ratio)).tone == tone)
    }

    @Test("No score is said in words, with its reason")
    func unknownScore() {
        let chip = ScoreChip(.notEnoughData(reason: "nobody knows."))
        #expect([chip.chip, chip.tone, chip.sentence] == ["no score", "tn", "Not enough data: nobody knows."])
    }
}
