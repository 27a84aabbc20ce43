import Core
import Store
import TestSupport
import Testing

@Suite("Watchlists kept")
struct WatchlistKeepingTests {
    private let now = StoreFixture.start

    /// Three stored posts: oak, oak veneer, pine.
    private func furnished() async throws -> StoreFixture {
        let fixture = try await StoreFixture()
        for (index, title) in ["Solid oak", "Oak veneer", "Pine"].enumerated() {
            try fixture.see(
                "v\(index)", title: title, views: Int64(100 * (index + 1)), at: now.adding(hours: Double(index)))
        }
        return fixture
    }

    private func draft(_ keywords: [String], not exclusions: [String] = []) throws -> WatchlistDraft {
        try WatchlistDraft(
            name: " Wood ", rule: try WatchlistRule(keywords: keywords, exclusions: exclusions))
    }

    private func titles(_ fixture: StoreFixture) async throws -> Set<String> {
        let page = try await fixture.store.trends(of: fixture.user, TrendFilter(), Paging())
        return Set(page.items.compactMap(\.post.title))
    }

    @Test("Stored posts join a new watchlist at once")
    func joins() async throws {
        let fixture = try await furnished()

        let (watchlist, change) = try await fixture.store.addWatchlist(try draft(["oak"]), for: fixture.user, now: now)

        #expect(watchlist.name == "Wood")
        #expect(try await titles(fixture) == ["Solid oak", "Oak veneer"])
        #expect(try fixture.store.version(of: change.site)?.revision == change.revision)
    }

    @Test("Each of many posts that join a watchlist is scored among all others, whichever joined last")
    func scores() async throws {
        let fixture = try await StoreFixture()
        let seen = (0..<420).map {
            Observation.video("v\($0)", title: $0 % 2 == 0 ? "Oak" : "Oak veneer", views: 100, at: now, author: "\($0)")
        }
        _ = try fixture.store.store(seen)
        func sentences() throws -> Set<String> { Set(try fixture.trends().map(\.score.outlier.sentence)) }

        let (watchlist, _) = try await fixture.store.addWatchlist(try draft(["oak"]), for: fixture.user, now: now)
        #expect(try sentences() == ["1.0x: 100 views at 48 h; median of 419 videos in “Wood” at that age: 100"])

        _ = try await fixture.store.editWatchlist(
            watchlist.id, to: try draft(["oak"], not: ["veneer"]), for: fixture.user, now: now)
        #expect(try sentences() == ["1.0x: 100 views at 48 h; median of 209 videos in “Wood” at that age: 100"])
    }

    @Test("With a new rule posts join and leave; saved ones and evidence stay")
    func rule() async throws {
        let fixture = try await furnished()
        let store = fixture.store
        let (watchlist, _) = try await store.addWatchlist(try draft(["oak"]), for: fixture.user, now: now)
        let trends = try await store.trends(of: fixture.user, TrendFilter(), Paging()).items
        let solid = try #require(trends.first { $0.post.title == "Solid oak" })
        _ = try await store.editTrend(solid.id, TrendEdit(state: .saved), of: fixture.user)

        let edited = try await store.editWatchlist(
            watchlist.id, to: try draft(["pine", "oak"], not: ["oak"]), for: fixture.user, now: now)

        #expect(edited.1 != nil)
        #expect(try await titles(fixture) == ["Solid oak", "Pine"])
        let saved = try #require(await store.trend(solid.id, of: fixture.user))
        #expect(saved.watchlistIDs.isEmpty)
    }

    @Test("Saving the same again changes nothing")
    func same() async throws {
        let fixture = try await furnished()
        let (watchlist, _) = try await fixture.store.addWatchlist(try draft(["oak"]), for: fixture.user, now: now)
        let before = try fixture.store.version(of: .user(fixture.user))?.revision

        let again = try await fixture.store.editWatchlist(
            watchlist.id, to: try draft(["oak"]), for: fixture.user, now: now)

        #expect(again.1 == nil)
        #expect(try fixture.store.version(of: .user(fixture.user))?.revision == before)
    }

    @Test("Another user's watchlist is as if it were not there")
    func foreign() async throws {
        let fixture = try await furnished()
        let (watchlist, _) = try await fixture.store.addWatchlist(try draft(["oak"]), for: fixture.user, now: now)
        let eve = NewUser(
            email: "eve@example.com", name: nil, password: PasswordHash(encoded: "scrypt$1$1$1$AA==$AA=="),
            isOperator: false)
        let other = try #require(await fixture.store.createUser(eve, now: now))

        await #expect(throws: StoreFailure.self) {
            _ = try await fixture.store.editWatchlist(watchlist.id, to: draft(["pine"]), for: other, now: now)
        }
        await #expect(throws: StoreFailure.self) {
            _ = try await fixture.store.removeWatchlist(watchlist.id, of: other)
        }
        #expect(try await fixture.store.watchlist(watchlist.id, of: other) == nil)
        #expect(try await titles(fixture) == ["Solid oak", "Oak veneer"])
    }

    @Test("A preview counts and shows the newest that match, and changes nothing")
    func preview() async throws {
        let fixture = try await furnished()
        var limits = WatchlistRule.Limits()
        limits.minimumViews = 150

        let preview = try await fixture.store.preview(try WatchlistRule(limits: limits))

        #expect(preview.examined == 3)
        #expect(preview.matching == 2)
        #expect(preview.samples.map(\.post.title) == ["Pine", "Oak veneer"])
        #expect(try await titles(fixture).isEmpty)
    }
}

@Suite("Trends edited together")
struct TrendBulkTests {
    private func furnished() async throws -> (StoreFixture, [Trend]) {
        let fixture = try await StoreFixture()
        _ = try fixture.store.createWatchlist(
            "All", rule: .everything, for: fixture.user, now: StoreFixture.start)
        for index in 0..<3 {
            try fixture.see("v\(index)", views: 10, at: StoreFixture.start.adding(hours: Double(index)))
        }
        return (fixture, try await fixture.store.trends(of: fixture.user, TrendFilter(), Paging()).items)
    }

    @Test("State and tags change for the user's own; foreign and unknown ids are left out")
    func edit() async throws {
        let (fixture, trends) = try await furnished()
        let unknown = TrendID(rawValue: "01990000-0000-7000-8000-000000000001")
        let edit = TrendBulkEdit(state: .saved, adding: ["Hook", "hook"])

        let (edited, change) = try await fixture.store.editTrends(
            [trends[0].id, trends[1].id, unknown], edit, of: fixture.user)

        #expect(Set(edited) == Set([trends[0].id, trends[1].id]))
        #expect(change != nil)
        let after = try await fixture.store.trends(of: fixture.user, TrendFilter(), Paging()).items
        #expect(after.filter { $0.state == .saved && $0.tags == ["Hook"] }.count == 2)
        let again = try await fixture.store.editTrends(edited, edit, of: fixture.user)
        #expect(again.change == nil)
    }

    @Test("Tags are added behind those there are, and removed whatever their case")
    func tags() {
        #expect(TrendBulkEdit(adding: ["c", "A"], removing: ["B"]).tags(after: ["a", "b"]) == ["a", "c"])
        let many = (0..<30).map { "t\($0)" }
        #expect(TrendBulkEdit(adding: ["late"]).tags(after: many).count == Tag.most)
    }

    @Test("A visit's end marks what was new until then")
    func seen() async throws {
        let (fixture, trends) = try await furnished()
        let middle = trends[1].addedAt

        let (count, change) = try await fixture.store.markSeen(until: middle, of: fixture.user)

        #expect(count == 2)
        #expect(change != nil)
        var new = TrendFilter()
        new.states = [.new]
        #expect(try await fixture.store.trends(of: fixture.user, new, Paging()).items.map(\.id) == [trends[0].id])
        #expect(try await fixture.store.markSeen(until: middle, of: fixture.user).change == nil)
    }
}
