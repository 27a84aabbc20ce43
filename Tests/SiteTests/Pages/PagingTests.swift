import Core
import TestSupport
import Testing

@testable import Site

@Suite("Paging")
struct PagingTests {
    @Test(
        "A list is cut where a page is full",
        arguments: [(0, [0]), (1, [1]), (24, [24]), (25, [24, 1]), (48, [24, 24]), (49, [24, 24, 1])])
    func cuts(_ count: Int, _ sizes: [Int]) throws {
        let cards = try (0..<count).map { try PageFixture.card(PageFixture.trend($0, watchlists: [])) }
        let pages = TrendsPage.lists(frame: PageFixture.frame([]), cards: cards, feeds: [:])
        #expect(pages.map { $0.list?.cards.count ?? 0 } == sizes)
        #expect((pages[0].list?.pagination == nil) == (sizes.count == 1))
    }

    @Test("Every card stands on exactly one page, in one order", arguments: [1, 24, 100])
    func everyCard(_ count: Int) throws {
        let cards = try (0..<count).map {
            try PageFixture.card(PageFixture.trend($0, views: [10, Int64($0 % 7) * 500], watchlists: []))
        }
        let pages = TrendsPage.lists(frame: PageFixture.frame([]), cards: cards.shuffled(), feeds: [:])
        let shown = pages.flatMap { $0.list?.cards ?? [] }
        #expect(shown.map(\.id) == cards.sorted(by: isBefore).map(\.id))
    }

    private func isBefore(_ left: TrendCard, _ right: TrendCard) -> Bool {
        let (gain, other) = (left.risingGain ?? -.infinity, right.risingGain ?? -.infinity)
        if gain != other { return gain > other }
        return left.addedAt == right.addedAt ? left.id > right.id : left.addedAt > right.addedAt
    }

    @Test("Boards are 48 a page", arguments: [(0, [0]), (48, [48]), (49, [48, 1])])
    func boards(_ count: Int, _ sizes: [Int]) {
        let boards = (0..<count).map { BoardCard(PageFixture.board($0), cards: [:]) }
        let pages = IdeaboardsPage.lists(frame: PageFixture.frame(), boards: boards)
        #expect(pages.map(\.boards.count) == sizes)
        #expect(pages.map(\.route) == sizes.indices.map { .ideaboards(page: $0 + 1) })
        #expect((pages[0].empty != nil) == (count == 0))
    }

    @Test("Boards of more than one status have a list for each that there is, with tabs between them")
    func statuses() {
        let states: [IdeaboardStatus] = [.draft, .archived, .draft]
        let boards = states.enumerated().map { index, status in
            var board = PageFixture.board(index)
            board.status = status
            return BoardCard(board, cards: [:])
        }
        let pages = IdeaboardsPage.lists(frame: PageFixture.frame(), boards: boards)
        #expect(
            pages.map(\.route) == [
                .ideaboards(page: 1), .ideaboardsWith(.draft, page: 1), .ideaboardsWith(.archived, page: 1),
            ])
        #expect(pages.map(\.boards.count) == [3, 2, 1])
        #expect(pages.allSatisfy { $0.tabs.map(\.name) == ["All", "Draft", "Archived"] })
        #expect(pages.map { $0.tabs.map(\.isCurrent) } == (0..<3).map { now in (0..<3).map { $0 == now } })
    }

    @Test("A full page of boards with their covers is at most 45 kB")
    func boardBytes() throws {
        let trends = (0..<4).map { PageFixture.trend($0) }
        let cards = try Dictionary(uniqueKeysWithValues: trends.map { ($0.id, try PageFixture.card($0)) })
        let boards = (0..<48).map { BoardCard(PageFixture.board($0, evidence: trends), cards: cards) }
        let text = try PageFixture.templates().ideaboards.text(
            IdeaboardsPage.lists(frame: PageFixture.frame(), boards: boards)[0])
        #expect(text.utf8.count <= 45_000, "\(text.utf8.count) bytes")
    }

    @Test(
        "The library turns a page where its boards end and its trends begin",
        arguments: [(20, 1), (19, 1), (21, 0), (0, 21)])
    func library(_ boards: Int, _ trends: Int) throws {
        let pages = try LibraryPage.list(
            frame: PageFixture.frame(),
            saved: (0..<trends).map { try PageFixture.card(PageFixture.trend($0, state: .saved)) },
            boards: (0..<boards).map { BoardCard(PageFixture.board($0), cards: [:]) })
        #expect(pages.map { $0.boards.count + $0.trends.count } == (boards + trends > 20 ? [20, 1] : [20]))
        #expect(pages.map(\.boards.count).reduce(0, +) == boards && pages.map(\.trends.count).reduce(0, +) == trends)
    }

    @Test("The first page has no page before it, the last none after")
    func neighbours() throws {
        let first = try #require(Pagination(page: 1, of: 3) { .trends(page: $0) })
        let last = try #require(Pagination(page: 3, of: 3) { .trends(page: $0) })
        #expect(first.previous == nil && first.next?.text == "/trends/page/2/")
        #expect(last.previous?.text == "/trends/page/2/" && last.next == nil)
        #expect(Pagination(page: 1, of: 1) { .trends(page: $0) } == nil)
    }

    @Test("The sidebar names twelve watchlists, and the page of a thirteenth has its own tab")
    func manyWatchlists() {
        let lists = (0..<13).map {
            Watchlist(id: PageFixture.id($0), name: "W\($0)", rule: .everything, createdAt: PageFixture.start)
        }
        let frame = PageFixture.frame(lists)
        let pages = TrendsPage.lists(frame: frame, cards: [], feeds: [:])
        let sidebar = String(decoding: frame.sidebar.bytes, as: UTF8.self)
        #expect(sidebar.contains("<bdi>W11</bdi>") && !sidebar.contains("<bdi>W12</bdi>"))
        #expect(pages.count == 14)
        #expect(pages[1].tabs.count == 13)
        #expect(pages[13].tabs.map(\.name).last == "W12" && pages[13].tabs.map(\.isCurrent).last == true)
    }
}
