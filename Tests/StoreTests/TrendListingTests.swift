import Core
import Store
import TestSupport
import Testing

@Suite("Trends in the store")
struct TrendListingTests {
    private let start = StoreFixture.start

    /// Five videos seen an hour apart, "b" and "d" about bread; "e" has no views.
    private func furnished() async throws -> StoreFixture {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        for (index, title) in ["Alder", "Brown bread", "Cedar", "Dark BREAD", "Elm"].enumerated() {
            let views: Int64? = index == 4 ? nil : Int64(10 * (5 - index))
            try fixture.see("v\(index)", title: title, views: views, at: start.adding(hours: Double(index)))
        }
        return fixture
    }

    private func titles(_ fixture: StoreFixture, _ filter: TrendFilter, _ paging: Paging = Paging()) async throws
        -> [String]
    {
        try await fixture.store.trends(of: fixture.user, filter, paging).items.map {
            String(($0.post.title ?? "").prefix(1))
        }
    }

    @Test("Pages cut the list without loss or repetition")
    func pages() async throws {
        let fixture = try await furnished()
        var seen: [String] = []
        for page in 1...4 {
            let list = try await fixture.store.trends(
                of: fixture.user, TrendFilter(), Paging(page: Int64(page), limit: 2))
            #expect((list.total, list.totalPages) == (5, 3))
            seen += list.items.map { String(($0.post.title ?? "").prefix(1)) }
        }
        #expect(seen == ["E", "D", "C", "B", "A"])
    }

    @Test("Unknown views come last and are never enough")
    func views() async throws {
        let fixture = try await furnished()
        var filter = TrendFilter()
        filter.order = .views
        #expect(try await titles(fixture, filter) == ["A", "B", "C", "D", "E"])
        filter.minimumViews = 0
        #expect(try await titles(fixture, filter) == ["A", "B", "C", "D"])
    }

    @Test("Words are found whatever their case, all of them, and page as everything else")
    func words() async throws {
        let fixture = try await furnished()
        var filter = TrendFilter()
        filter.words = "bréad"
        #expect(try await titles(fixture, filter) == ["D", "B"])
        #expect(try await titles(fixture, filter, Paging(page: 2, limit: 1)) == ["B"])
        filter.words = "bread brown"
        #expect(try await titles(fixture, filter) == ["B"])
        filter.words = "%_*'\"?"
        #expect(try await titles(fixture, filter) == [])
    }

    @Test("Hidden trends are listed only when asked for")
    func hidden() async throws {
        let fixture = try await furnished()
        let first = try #require(try await fixture.store.trends(of: fixture.user, TrendFilter(), Paging()).items.first)
        _ = try await fixture.store.editTrend(first.id, TrendEdit(state: .hidden), of: fixture.user)
        var filter = TrendFilter()
        #expect(try await titles(fixture, filter) == ["D", "C", "B", "A"])
        filter.states = [.hidden]
        #expect(try await titles(fixture, filter) == ["E"])
    }

    @Test("An edit bumps the site once, stamps the row, and one that changes nothing does neither")
    func edit() async throws {
        let fixture = try await furnished()
        let before = try #require(try fixture.store.version(of: .user(fixture.user))).revision
        let first = try #require(try await fixture.store.trends(of: fixture.user, TrendFilter(), Paging()).items.first)
        let edited = try await fixture.store.editTrend(
            first.id, TrendEdit(state: .saved, tags: ["A", "a"]), of: fixture.user)
        #expect(edited.change == Change(site: .user(fixture.user), revision: before + 1))
        #expect(try await fixture.store.trend(first.id, of: fixture.user) == edited.trend)
        #expect((edited.trend.state, edited.trend.tags) == (.saved, ["A"]))
        let again = try await fixture.store.editTrend(first.id, TrendEdit(state: .saved, tags: ["A"]), of: fixture.user)
        #expect(again.change == nil)
        let changed = try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.trendIDs(changedAfter: before) }
        #expect(changed == [first.id])
    }

    @Test("Nobody reads or edits another user's trends, not even by tag or watchlist")
    func foreign() async throws {
        let fixture = try await furnished()
        let first = try #require(try await fixture.store.trends(of: fixture.user, TrendFilter(), Paging()).items.first)
        _ = try await fixture.store.editTrend(first.id, TrendEdit(tags: ["mine"]), of: fixture.user)
        let other = NewUser(email: "o@example.com", name: nil, password: PasswordHash(encoded: "x"), isOperator: false)
        let stranger = try #require(try await fixture.store.createUser(other, now: start))
        var filter = TrendFilter()
        (filter.tag, filter.watchlist) = ("mine", first.watchlistIDs.first)
        #expect(try await fixture.store.trends(of: stranger, filter, Paging()).total == 0)
        #expect(try await fixture.store.trend(first.id, of: stranger) == nil)
        await #expect(throws: StoreFailure.self) {
            try await fixture.store.editTrend(first.id, TrendEdit(state: .hidden), of: stranger)
        }
        await #expect(throws: StoreFailure.self) { try await fixture.store.removeTrend(first.id, of: stranger) }
        #expect(try await fixture.store.trends(of: fixture.user, filter, Paging()).items.map(\.id) == [first.id])
    }

    @Test("Numbers that change move the trend in the list")
    func newNumbers() async throws {
        let fixture = try await furnished()
        try fixture.see("v3", title: "Dark BREAD", views: 900, at: start.adding(hours: 9))
        var filter = TrendFilter()
        filter.order = .views
        #expect(try await titles(fixture, filter) == ["D", "A", "B", "C", "E"])
    }
}
