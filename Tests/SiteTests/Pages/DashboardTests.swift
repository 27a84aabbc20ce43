import Core
import TestSupport
import Testing

@testable import Site

@Suite("Dashboard page")
struct DashboardTests {
    private func page(_ trends: [Trend], boards: [Ideaboard] = []) throws -> DashboardPage {
        DashboardPage(frame: PageFixture.frame(), cards: try trends.map(PageFixture.card), boards: boards)
    }

    @Test("A watchlist shows what rises, fastest first, and what is new besides")
    func digest() throws {
        let rising = (1...6).map { PageFixture.trend($0, views: [1000, Int64($0) * 10_000]) }
        let new = PageFixture.trend(9, views: [nil], state: .new)

        let music = try page(rising + [new]).watchlists[0]

        #expect(music.risers.map(\.id) == rising.reversed().prefix(5).map(\.id))
        #expect(music.newcomers.map(\.id) == [new.id])
        #expect(music.summary == "1 new")
    }

    @Test("With many watchlists the dashboard still shows few cards")
    func many() throws {
        let watchlists = (0..<40).map {
            Watchlist(id: PageFixture.id($0), name: "W\($0)", rule: .everything, createdAt: PageFixture.start)
        }
        let cards = try (0..<400).map {
            try PageFixture.card(PageFixture.trend($0, state: .new, watchlists: [watchlists[$0 % 40]]))
        }
        let page = DashboardPage(frame: PageFixture.frame(watchlists), cards: cards, boards: [])

        #expect(page.watchlists.count == 8)
        #expect(page.watchlists.map { $0.risers.count + $0.newcomers.count }.reduce(0, +) <= 24)
        #expect(page.fresh.count == 12)
    }

    @Test("The next step is the strongest post that no board uses, then a draft, then nothing")
    func nextStep() throws {
        let trend = PageFixture.trend(1)
        let draft = PageFixture.board(1, evidence: [trend])
        var done = draft
        done.status = .published

        #expect(try page([trend]).next?.link.text == "/trends/\(trend.id)/")
        #expect(try page([trend], boards: [draft]).next?.link.text == "/ideaboards/\(draft.id)/")
        #expect(try page([trend], boards: [done]).next == nil)
        #expect(try page([]).next == nil)
    }

    @Test("Platforms are counted, the largest first, and hidden trends are not")
    func split() throws {
        var other = PageFixture.post(2)
        other.platform = .reddit
        let trends = [PageFixture.trend(1), PageFixture.trend(3), PageFixture.trend(2, post: other)]

        let page = try page(trends + [PageFixture.trend(4, state: .hidden)])

        let split = try #require(page.split)
        #expect(split.parts.map { "\($0.name) \($0.count) \($0.share)" } == ["YouTube 2 67 %", "Reddit 1 33 %"])
        #expect(page.summary == "3 posts in 2 watchlists")
    }

    @Test("An empty dashboard greets and says what comes first")
    func empty() {
        let page = DashboardPage(frame: PageFixture.frame([]), cards: [], boards: [])
        #expect(page.headline == "Welcome, Maya Kern")
        #expect(page.empty?.link.text == "/trends/watchlists/new/")
    }
}
