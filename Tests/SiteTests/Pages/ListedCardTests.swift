import Core
import TestSupport
import Testing

@testable import Site

/// Which trends a list shows at an hour, and when time alone changes that.
@Suite("Listed trends")
struct ListedCardTests {
    private static let start = PageFixture.start

    private func list(_ number: Int, hours: Int?) throws -> Watchlist {
        var limits = WatchlistRule.Limits()
        limits.maximumAgeHours = hours
        return Watchlist(
            id: PageFixture.id(20 + number), name: "L\(number)", rule: try WatchlistRule(limits: limits),
            createdAt: Self.start)
    }

    private func trend(_ number: Int, born hours: Double?, _ lists: [Watchlist], state: TrendState = .seen) -> Trend {
        var post = PageFixture.post(number)
        post.publishedAt = hours.map { Self.start.adding(hours: $0) }
        return PageFixture.trend(number, post: post, state: state, watchlists: lists)
    }

    private func listed(
        _ trends: [Trend], _ lists: [Watchlist], at hours: Double = 0, listed: Int = 100, files: Int = 100
    ) throws -> ListedCards {
        var limits = PageSources.Limits()
        (limits.listedTrends, limits.trendFiles) = (listed, files)
        let rules = ListedCards.Rules(
            watchlists: lists, limits: limits, template: try PageFixture.templates().card)
        return ListedCards(trends, by: rules, revision: 1, now: Self.start.adding(hours: hours))
    }

    @Test(
        "A trend leaves a list in the hour in which it outgrows it",
        arguments: [(9, true), (10, false), (11, false)] as [(Double, Bool)])
    func outgrown(_ hours: Double, _ isListed: Bool) throws {
        let day = try list(1, hours: 24)
        let cards = try listed([trend(1, born: -14, [day])], [day], at: hours)
        #expect(cards.cards.isEmpty == !isListed)
        #expect(cards.filed.count == 1, "its own page stays")
    }

    @Test("The due time is the next hour at which anything leaves a list")
    func due() throws {
        let (day, week) = (try list(1, hours: 24), try list(2, hours: 168))
        let trends = [
            trend(1, born: -20.5, [day]), trend(2, born: -3, [day]), trend(3, born: -160, [week]),
            trend(4, born: -500, [week]),
        ]
        #expect(try listed(trends, [day, week]).dueAt == Self.start.adding(hours: 4), "rounded up to the hour")
        #expect(try listed(trends, [day, week], at: 4).dueAt == Self.start.adding(hours: 8))
        #expect(try listed(trends, [day, week], at: 8).dueAt == Self.start.adding(hours: 21))
        #expect(try listed(trends, [day, week], at: 21).dueAt == nil)
    }

    @Test("Without age limits time changes nothing")
    func timeless() throws {
        let any = try list(1, hours: nil)
        let cards = try listed([trend(1, born: -9000, [any]), trend(2, born: nil, [])], [any], at: 5000)
        #expect(cards.dueAt == nil && cards.cards.count == 2)
    }

    @Test("A trend that one list has outgrown stays in the other, and in the list of all")
    func twoLists() throws {
        let (day, any) = (try list(1, hours: 24), try list(2, hours: nil))
        let cards = try listed([trend(1, born: -100, [day, any])], [day, any]).cards
        #expect(cards.map(\.watchlistIDs) == [[any.id]])
    }

    @Test("A trend without a publish time ages from the hour in which it came in")
    func undated() throws {
        let day = try list(1, hours: 24)
        let trends = [trend(1, born: nil, [day])]
        #expect(try listed(trends, [day], at: 24).cards.count == 1)
        #expect(try listed(trends, [day], at: 25).cards.isEmpty)
    }

    @Test("Of the limits the lists keep the newest, the files the newest and everything saved")
    func limits() throws {
        let any = try list(1, hours: nil)
        let trends = (0..<10).map { trend($0, born: -1, [any], state: $0 == 8 ? .saved : .seen) }
        let cards = try listed(trends, [any], listed: 3, files: 5)
        #expect(cards.cards.map(\.id) == trends.prefix(3).map(\.id))
        #expect(cards.filed == trends.prefix(5).map(\.id) + [trends[8].id])
        #expect(cards[trends[2].id]?.id == trends[2].id && cards[trends[3].id] == nil)
    }

    @Test(
        "A trend's address is read back, and nothing else is one",
        arguments: [
            "/trends/", "/trends/x/", "/trends/page/2/", "/ideaboards/0192f0c0-0000-7000-8000-000000000001/",
            "/trends/0192f0c0-0000-7000-8000-000000000001", "/trends/0192F0C0-0000-7000-8000-000000000001/",
            "/trends/watchlists/0192f0c0-0000-7000-8000-000000000001/", "", "/",
        ])
    func addresses(_ address: String) throws {
        #expect(TrendID(address: address) == nil)
        let id: TrendID = PageFixture.id(1)
        #expect(TrendID(address: Route.trend(id).path) == id)
    }

    @Test("Every page of a site belongs to the group that renders it")
    func groups() throws {
        let id = PageFixture.music.id
        let expected: [(String, PageGroup)] = [
            (Route.trends(page: 2).path, .trendLists), (Route.watchlist(id, page: 1).path, .trendLists),
            ("/feeds/\(id).xml", .trendLists), (Route.trend(PageFixture.id(1)).path, .trendPages),
            (Route.ideaboards(page: 2).path, .ideaboards), (Route.ideaboard(PageFixture.id(1)).path, .ideaboards),
            (Route.library(page: 3).path, .library), (Route.dashboard.path, .other), (Route.settings.path, .other),
        ]
        for (address, group) in expected { #expect(PageGroup(address) == group, "\(address)") }
    }
}
