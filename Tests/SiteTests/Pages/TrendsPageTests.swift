import Core
import TestSupport
import Testing

@testable import Site

@Suite("Trends page")
struct TrendsPageTests {
    private func lists(_ cards: [TrendCard]) -> [TrendsPage] {
        TrendsPage.lists(frame: PageFixture.frame(), cards: cards, feeds: [:])
    }

    @Test("A list of 50 is three pages of at most 24, each linked to its neighbours")
    func paging() throws {
        let cards = try (0..<50).map { try PageFixture.card(PageFixture.trend($0, watchlists: [])) }

        let pages = lists(cards).filter { if case .trends = $0.route { true } else { false } }

        #expect(pages.map { $0.list?.cards.count } == [24, 24, 2])
        #expect(pages.map(\.route.path) == ["/trends/", "/trends/page/2/", "/trends/page/3/"])
        #expect(pages[1].list?.pagination?.previous?.text == "/trends/")
        #expect(pages[1].list?.pagination?.next?.text == "/trends/page/3/")
        #expect(pages[2].list?.pagination?.next == nil)
    }

    @Test("Where older trends are in no list, every list says among how many of the newest its posts are")
    func onlyNewest() throws {
        let cards = try [PageFixture.trend(1), PageFixture.trend(2, watchlists: [])].map(PageFixture.card)

        let all = TrendsPage.lists(frame: PageFixture.frame(), cards: cards, feeds: [:], areOnlyNewest: true)

        #expect(all[0].summary.hasPrefix("2 posts from 2 watchlists among your newest 2"))
        #expect(all[1].summary.hasPrefix("1 post among your newest 2"))
        #expect(!lists(cards)[0].summary.contains("newest"))
    }

    @Test("Every watchlist has a list of its own trends, and every tab their number")
    func watchlists() throws {
        let cards = try [
            PageFixture.trend(1), PageFixture.trend(2, watchlists: [PageFixture.gadgets]),
            PageFixture.trend(3, watchlists: [PageFixture.music, PageFixture.gadgets]),
        ].map(PageFixture.card)

        let pages = lists(cards)

        #expect(pages.map(\.heading) == ["Trends", "Music launches", "Gadgets & tools"])
        #expect(pages.map { $0.list?.cards.count } == [3, 2, 2])
        #expect(pages[1].tabs.map(\.count) == ["3", "2", "2"])
        #expect(pages[1].tabs.map(\.isCurrent) == [false, true, false])
    }

    @Test("Hidden trends are in no list, and unknown expectations come last")
    func order() throws {
        let unknown = PageFixture.trend(1, views: [nil])
        let slow = PageFixture.trend(2, views: [100, 200])
        let fast = PageFixture.trend(3, views: [100, 90_000])
        let hidden = PageFixture.trend(4, state: .hidden)

        let page = try lists([unknown, slow, fast, hidden].map(PageFixture.card))[0]

        #expect(page.list?.cards.map(\.id) == [fast.id, slow.id, unknown.id])
        #expect(page.summary == "3 posts from 2 watchlists")
    }

    @Test("An empty list is one page that says what fills it, without a filter box")
    func empty() {
        let page = lists([])[0]

        #expect(page.list == nil && !String(decoding: page.frame.topbar.bytes, as: UTF8.self).contains("<input"))
        #expect(page.empty?.link.text == "/help/importing/")
    }

    @Test("Only chips that some card fits and some does not are offered")
    func chips() throws {
        let new = try PageFixture.card(PageFixture.trend(1, state: .new))
        let seen = try PageFixture.card(PageFixture.trend(2))

        let mixed = FilterChip.fitting([new, seen]).map(\.rule)
        let alike = FilterChip.fitting([seen, seen]).map(\.rule)

        #expect(mixed == ["k:new", "h<48"])
        #expect(alike == ["h<48"])
    }
}
