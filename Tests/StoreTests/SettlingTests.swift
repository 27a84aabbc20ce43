import Core
import Store
import TestSupport
import Testing

/// What is cut off is brought to its end by whoever comes next, and what happens at once ends in one state.
@Suite("Cut off and at once")
struct SettlingTests {
    private let start = StoreFixture.start

    private func videos(_ count: Int, _ word: String = "one", from first: Int = 0) -> [Observation] {
        (first..<first + count).map {
            .video("v\($0)", title: "\(word) \($0)", views: Int64(100 + $0), at: start, author: "author \($0 % 90)")
        }
    }

    private func expectSettled(_ fixture: StoreFixture, _ comment: Comment = "") throws {
        #expect(try ScoreAudit(fixture.location).differences() == [], comment)
    }

    @Test("Posts that were stored and not followed up are followed up by the next import, whatever that is of")
    func storedOnly() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        _ = try fixture.store.fanOut(try fixture.store.store(videos(30)), to: nil, now: start)
        let before = try #require(try fixture.store.version(of: .user(fixture.user))).revision
        let later = start.adding(hours: 2)
        _ = try fixture.store.store([
            .video("v3", title: "renamed", views: 900, at: later, author: "author 3"),
            .video("new", title: "never seen", views: 5, at: later),
        ])

        let changes = try fixture.store.fanOut(Ingested(), to: nil, now: later)

        #expect(changes.map(\.site) == [.user(fixture.user)])
        let trends = try fixture.trends()
        #expect(Set(trends.map(\.post.title)).isSuperset(of: ["renamed", "never seen"]))
        let stamped = try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.trendIDs(changedAfter: before) }
        let renamed = try #require(trends.first { $0.post.title == "renamed" })
        #expect(stamped?.contains(renamed.id) == true, "its page is to be made again")
        try expectSettled(fixture)
        #expect(try fixture.store.fanOut(Ingested(), to: nil, now: later) == [])
    }

    @Test(
        "A watchlist whose matching was cut off is matched by the same edit again, and without one",
        arguments: [true, false])
    func unmatched(_ isEdited: Bool) async throws {
        let fixture = try await StoreFixture()
        let seen = videos(300, "cat") + videos(300, "dog", from: 300)
        _ = try fixture.store.fanOut(try fixture.store.store(seen), to: nil, now: start)
        let draft = try WatchlistDraft(name: "Pets", rule: WatchlistRule(keywords: ["cat"]))
        let (list, _) = try await fixture.store.addWatchlist(draft, for: fixture.user, now: start)
        #expect(try fixture.trends().count == 300)
        let other = try WatchlistDraft(name: "Pets", rule: WatchlistRule(keywords: ["dog"]))

        let edit = Task {
            _ = try await fixture.store.editWatchlist(list.id, to: other, for: fixture.user, now: start)
        }
        edit.cancel()
        _ = await edit.result
        if isEdited {
            _ = try await fixture.store.editWatchlist(list.id, to: other, for: fixture.user, now: start)
        } else {
            _ = try await fixture.store.matchWatchlists(now: start)
            _ = try fixture.store.fanOut(Ingested(), to: nil, now: start)
        }

        let rule = try #require(try await fixture.store.watchlist(list.id, of: fixture.user)).rule
        let titles = try fixture.trends().compactMap(\.post.title)
        #expect(titles.count == 300 && titles.allSatisfy { $0.hasPrefix(rule == other.rule ? "dog" : "cat") })
        try expectSettled(fixture)
    }

    @Test("Cut off anywhere, every trend that joined has its numbers in the end", arguments: [0, 5, 15, 40, 90, 200])
    func cutOffAnywhere(_ milliseconds: Int) async throws {
        let fixture = try await StoreFixture()
        _ = try fixture.store.fanOut(try fixture.store.store(videos(1300)), to: nil, now: start)
        let draft = try WatchlistDraft(name: "All", rule: .everything)

        let adding = Task { _ = try await fixture.store.addWatchlist(draft, for: fixture.user, now: start) }
        try await Task.sleep(for: .milliseconds(milliseconds))
        adding.cancel()
        _ = await adding.result
        try await fixture.store.matchWatchlists(now: start)
        _ = try fixture.store.fanOut(Ingested(), to: nil, now: start)

        let trends = try fixture.trends()
        let isThere = try await !fixture.store.watchlists(of: fixture.user).isEmpty
        #expect(trends.count == (isThere ? 1300 : 0))
        #expect(trends.allSatisfy { $0.history.count == 1 && $0.score.outlier != .notEnoughData(reason: "") })
        #expect(try await !fixture.store.isUnsettled())
    }

    @Test("What one operation finishes does not end what another has marked")
    func marksOfOthers() async throws {
        let fixture = try await StoreFixture()
        let other = try await fixture.addUser("other@example.com")
        let mine = try fixture.followEverything()
        _ = try fixture.store.createWatchlist("Theirs", rule: .everything, for: other, now: start)
        _ = try fixture.store.createWatchlist("Mine too", rule: .everything, for: fixture.user, now: start)
        _ = try fixture.store.fanOut(try fixture.store.store(videos(300)), to: nil, now: start)
        let news = (0..<300).map {
            Observation.video(
                "v\($0)", views: Int64(9000 - $0), at: start.adding(hours: 5), author: "author \($0 % 90)")
        }
        _ = try fixture.store.store(news)

        _ = try await fixture.store.removeWatchlist(mine, of: fixture.user)
        let trend = try #require(try fixture.trends().first)
        _ = try await fixture.store.removeTrend(trend.id, of: fixture.user)

        #expect(try await fixture.store.isUnsettled())
        _ = try fixture.store.fanOut(Ingested(), to: nil, now: start)
        try expectSettled(fixture)
    }

    @Test("Posts that were stored for some watchlists reach no others, whoever follows them up")
    func scopes() async throws {
        let fixture = try await StoreFixture()
        let (first, second) = (try fixture.followEverything("First"), try fixture.followEverything("Second"))
        _ = try fixture.store.store([.video("some", views: 1, at: start)], for: [first])
        let both = try fixture.store.store([.video("all", views: 1, at: start)])
        _ = try fixture.store.fanOut(both, to: [second], now: start)
        _ = try fixture.store.fanOut(Ingested(), to: nil, now: start)
        let lists = Dictionary(
            uniqueKeysWithValues: try fixture.trends().map { ($0.post.platformPostID, Set($0.watchlistIDs)) })
        #expect(lists == ["some": [first], "all": [first, second]])
        #expect(try await !fixture.store.isUnsettled())
    }

    @Test("Names given at once: the scores say the one that is stored")
    func renamesAtOnce() async throws {
        let fixture = try await StoreFixture()
        let list = try fixture.followEverything()
        _ = try fixture.store.fanOut(try fixture.store.store(videos(30)), to: nil, now: start)
        for round in 0..<5 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for side in ["left", "right"] {
                    group.addTask {
                        _ = try await fixture.store.renameWatchlist(
                            list, to: "\(side) \(round)", for: fixture.user, now: start)
                    }
                }
                try await group.waitForAll()
            }
            try expectSettled(fixture, "round \(round)")
        }
    }

    @Test("Several edits of one watchlist at once end with the members of the rule that is stored")
    func editsAtOnce() async throws {
        let fixture = try await StoreFixture()
        let seen = videos(300, "cat") + videos(300, "dog", from: 300)
        _ = try fixture.store.fanOut(try fixture.store.store(seen), to: nil, now: start)
        let draft = try WatchlistDraft(name: "Pets", rule: WatchlistRule(keywords: ["bird"]))
        let (list, _) = try await fixture.store.addWatchlist(draft, for: fixture.user, now: start)
        for round in 0..<4 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for word in ["cat", "dog"] {
                    let draft = try WatchlistDraft(name: "Pets \(round)", rule: WatchlistRule(keywords: [word]))
                    group.addTask {
                        _ = try await fixture.store.editWatchlist(list.id, to: draft, for: fixture.user, now: start)
                    }
                }
                try await group.waitForAll()
            }
            let word = try #require(try await fixture.store.watchlist(list.id, of: fixture.user)).rule.keywords
            let titles = try fixture.trends().compactMap(\.post.title)
            #expect(titles.count == 300 && titles.allSatisfy { $0.hasPrefix(word[0]) }, "round \(round)")
            try expectSettled(fixture, "round \(round)")
        }
    }

    @Test("A watchlist or a user that goes while posts join stops nobody")
    func goneMeanwhile() async throws {
        let fixture = try await StoreFixture()
        let other = try await fixture.addUser("other@example.com")
        _ = try fixture.store.createWatchlist("Stays", rule: .everything, for: fixture.user, now: start)
        for round in 0..<4 {
            let draft = try WatchlistDraft(name: "Goes", rule: .everything)
            let (list, _) = try await fixture.store.addWatchlist(draft, for: other, now: start)
            let fresh = videos(600, "round \(round)", from: round * 600)
            async let imported: Void = offPool {
                _ = try fixture.store.fanOut(try fixture.store.store(fresh), to: nil, now: start)
            }
            async let removed = fixture.store.removeWatchlist(list.id, of: other)
            _ = try await (imported, removed)
        }
        async let imported: Void = offPool {
            _ = try fixture.store.fanOut(
                try fixture.store.store(videos(600, "last", from: 9000)), to: nil, now: start)
        }
        async let deleted: Void = offPool { try fixture.store.deleteUser(other) }
        _ = try await (imported, deleted)
        #expect(try fixture.trends().count == 3000)
    }

    @Test("What is too much for one transaction is scored all the same when a trend or a watchlist goes")
    func large() async throws {
        let fixture = try await StoreFixture()
        let lists = try ["First", "Second"].map { try fixture.followEverything($0) }
        _ = try fixture.store.fanOut(try fixture.store.store(videos(300)), to: nil, now: start)
        let trend = try #require(try fixture.trends().last)

        _ = try await fixture.store.removeTrend(trend.id, of: fixture.user)
        try expectSettled(fixture, "a trend went")
        _ = try await fixture.store.removeWatchlist(try #require(lists.min()), of: fixture.user)
        try expectSettled(fixture, "a watchlist went")

        #expect(try fixture.trends().count == 299)
        let left = lists[0] > lists[1] ? "First" : "Second"
        #expect(try fixture.trends().allSatisfy { $0.score.outlier.sentence.contains("in “\(left)”") })
        #expect(try await !fixture.store.isUnsettled())
    }

    @Test("A trend that was deleted does not come back with its numbers, nor with another rule")
    func removed() async throws {
        let fixture = try await StoreFixture()
        let (list, _) = try await fixture.store.addWatchlist(
            try WatchlistDraft(name: "All", rule: .everything), for: fixture.user, now: start)
        try fixture.see("a", views: 10, at: start)
        try fixture.see("b", views: 10, at: start)
        let trend = try #require(try fixture.trends().first { $0.post.platformPostID == "a" })
        _ = try await fixture.store.removeTrend(trend.id, of: fixture.user)
        try fixture.see("a", views: 90, at: start.adding(hours: 1))
        let rule = try WatchlistRule(keywords: ["video"])
        _ = try await fixture.store.editWatchlist(
            list.id, to: WatchlistDraft(name: "All", rule: rule), for: fixture.user, now: start)
        #expect(try fixture.trends().map(\.post.platformPostID) == ["b"])
    }
}
