import Core
import Store
import TestSupport
import Testing

/// Whatever happened in whatever order, a stored score is the one that follows from what is stored.
@Suite("Scores stay true")
struct ScoreTruthTests {
    @Test("After every random step", arguments: 1...6 as ClosedRange<UInt64>)
    func sequence(_ seed: UInt64) async throws {
        let fixture = try await StoreFixture()
        var steps = ScoreSteps(
            fixture: fixture, users: [fixture.user, try await fixture.addUser("b@example.com")], seed)
        var mostScored = 0
        for index in 0..<40 {
            let step = try await steps.next()
            let audit = try ScoreAudit(fixture.location)
            #expect(audit.differences() == [], "seed \(seed), step \(index): \(step)")
            mostScored = max(mostScored, audit.scored)
        }
        #expect(mostScored > 20, "seed \(seed)")
    }

    @Test("The order in which posts come makes no difference", arguments: 1...3 as ClosedRange<UInt64>)
    func order(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let seen = (0..<30).map { index in
            Observation.video(
                "v\(index)", views: .random(in: 1...9_000, using: &random), at: StoreFixture.start,
                author: "author \(index % 7)")
        }
        var sentences: [[String]] = []
        for batches in [[seen], [seen.reversed()], seen.shuffled(using: &random).map { [$0] }] {
            let fixture = try await StoreFixture()
            try fixture.followEverything()
            for batch in batches {
                _ = try fixture.store.fanOut(try fixture.store.store(batch), to: nil, now: StoreFixture.start)
            }
            let trends = try fixture.trends().sorted { $0.post.platformPostID < $1.post.platformPostID }
            sentences.append(trends.map(\.score.outlier.sentence))
        }
        #expect(sentences[0] == sentences[1] && sentences[0] == sentences[2], "seed \(seed)")
        #expect(sentences[0].allSatisfy { $0.contains("median of 29 videos") })
    }
}

/// Steps of a life in which many posts are of one age, so that most can be scored.
private struct ScoreSteps {
    let fixture: StoreFixture
    let users: [UserID]
    private var random: SeededGenerator
    private var now = StoreFixture.start
    private var serial = 0

    init(fixture: StoreFixture, users: [UserID], _ seed: UInt64) {
        (self.fixture, self.users, random) = (fixture, users, SeededGenerator(seed: seed))
    }

    private mutating func below(_ bound: Int) -> Int { .random(in: 0..<bound, using: &random) }

    /// Takes a step and says which.
    mutating func next() async throws -> String {
        serial += 1
        let user = users[below(users.count)]
        let lists = try await fixture.store.watchlists(of: user)
        guard serial > 2, !lists.isEmpty else { return try await addWatchlist(for: user) }
        let list = lists[below(lists.count)]
        switch below(12) {
        case 0: return try await addWatchlist(for: user)
        case 1, 2:
            let draft = try WatchlistDraft(name: below(2) == 0 ? list.name : "Named \(serial)", rule: rule())
            _ = try await fixture.store.editWatchlist(list.id, to: draft, for: user, now: now)
            return "edit watchlist"
        case 3:
            _ = try await fixture.store.removeWatchlist(list.id, of: user)
            return "remove watchlist"
        case 4, 5: return try await endTrend(of: user)
        default: return try ingest()
        }
    }

    private mutating func rule() throws -> WatchlistRule {
        try WatchlistRule(keywords: ["video", "odd", "even", "late"].filter { _ in below(2) == 0 } + ["tool"])
    }

    private mutating func addWatchlist(for user: UserID) async throws -> String {
        let draft = try WatchlistDraft(name: "List \(serial)", rule: below(2) == 0 ? .everything : rule())
        now = now.adding(hours: 0.01)
        _ = try await fixture.store.addWatchlist(draft, for: user, within: .max, now: now)
        return "add watchlist"
    }

    private mutating func endTrend(of user: UserID) async throws -> String {
        let trends = try fixture.store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 1000) } ?? []
        guard !trends.isEmpty else { return try ingest() }
        let trend = trends[below(trends.count)].id
        guard below(2) == 0 else {
            _ = try fixture.store.setState(.saved, of: trend, for: user)
            return "save trend"
        }
        _ = try await fixture.store.removeTrend(trend, of: user)
        return "delete trend"
    }

    /// Some posts change their author or lose their publish time; some sightings come late.
    private mutating func ingest() throws -> String {
        if below(3) > 0 { now = now.adding(hours: Double(1 + below(20))) }
        let seen = (0..<20 + below(25)).map { _ in
            let index = below(45)
            var post = Observation.video("v\(index)", views: nil, at: now).post
            post.platform = index % 9 == 0 ? .tiktok : .youtube
            post.title = "\(index % 2 == 0 ? "even" : "odd") video \(index % 5 == 0 ? "tool" : "")"
            let author = "author \((index + (below(12) == 0 ? 1 : 0)) % 8)"
            post.author = Author(platform: post.platform, platformAuthorID: author, name: author)
            if below(10) == 0 { post.publishedAt = nil }
            let counts = Counts(
                views: below(8) == 0 ? nil : Int64(below(90_000)), likes: below(2) == 0 ? nil : Int64(below(900)))
            return Observation(Sighting(post: post, counts: counts), observedAt: now.adding(hours: -Double(below(3))))
        }
        _ = try fixture.store.fanOut(try fixture.store.store(seen), to: nil, now: now)
        return "ingest \(seen.count)"
    }
}
