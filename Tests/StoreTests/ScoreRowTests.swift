import Core
import Store
import TestSupport
import Testing

/// The score on a trend's row is the one that Core computes from the same history.
@Suite("Scores of rows")
struct ScoreRowTests {
    private let start = StoreFixture.start
    private var born: Instant { start.adding(hours: -48) }

    private func history(_ trend: Trend) -> PostHistory {
        PostHistory(id: trend.post.platformPostID, publishedAt: trend.post.publishedAt, snapshots: trend.history)
    }

    @Test("Against the same author's posts", arguments: 1...3 as ClosedRange<UInt64>)
    func author(_ seed: UInt64) async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        var random = SeededGenerator(seed: seed)
        for hours in [0.0, 7, 20] {
            let seen = (0..<7).map { index in
                Observation.video(
                    "v\(index)", views: .random(in: 1...1_000_000, using: &random), at: start.adding(hours: hours))
            }
            _ = try fixture.store.fanOut(try fixture.store.store(seen), to: nil, now: start)
        }
        let trends = try fixture.trends()
        let peers = ScorePeers(
            author: PeerGroup(trends.map(history)), cohort: .none, cohortName: "Everything", noun: "video")
        for trend in trends {
            #expect(trend.score == Scoring.score(of: history(trend), among: peers), "seed \(seed)")
            #expect(trend.score.outlier.sentence.contains("by this creator"))
        }
    }

    private func crowd(_ fixture: StoreFixture) throws {
        let seen = (0..<21).map { Observation.video("v\($0)", views: 100, at: start, author: "author \($0)") }
        _ = try fixture.store.fanOut(
            try fixture.store.store(seen + [.video("hit", views: 500, at: start, author: "other")]), to: nil, now: start
        )
    }

    private func hit(_ fixture: StoreFixture) throws -> Trend {
        try #require(try fixture.trends().first { $0.post.platformPostID == "hit" })
    }

    @Test("Against the posts of its oldest watchlist, which the sentence names")
    func cohort() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything("Vending “news”")
        try crowd(fixture)
        #expect(
            try hit(fixture).score.outlier.sentence
                == "5.0x: 500 views at 48 h; median of 21 videos in “Vending “news”” at that age: 100")
    }

    @Test("Other platforms and other users' watchlists are no peers")
    func strangers() async throws {
        let fixture = try await StoreFixture()
        let other = try await fixture.addUser("other@example.com")
        _ = try fixture.store.createWatchlist("Theirs", rule: .everything, for: other, now: start)
        try fixture.followEverything()
        var seen = (0..<19).map { Observation.video("v\($0)", views: 100, at: start, author: "author \($0)") }
        for index in 0..<10 {
            var post = Observation.video("t\(index)", views: 1, at: start).post
            (post.platform, post.author) = (.tiktok, nil)
            seen.append(Observation(Sighting(post: post, counts: Counts(views: 1)), observedAt: start))
        }
        seen.append(.video("hit", views: 500, at: start, author: "other"))
        _ = try fixture.store.fanOut(try fixture.store.store(seen), to: nil, now: start)
        #expect(
            try hit(fixture).score.outlier.sentence
                == "Not enough data: too few videos seen at that age "
                + "(0 of 5 by this creator and 19 of 20 in the watchlist).")
    }

    @Test("A trend keeps the newest sixty sightings, and its score knows them all")
    func historyLimit() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        let seen = (0..<75).map { Observation.video("a", views: Int64($0) * 10, at: start.adding(hours: Double($0))) }
        _ = try fixture.store.fanOut(try fixture.store.store(seen.shuffled()), to: nil, now: start)
        let trend = try #require(try fixture.trends().first)
        #expect(trend.history.map(\.counts.views) == (15..<75).map { Int64($0) * 10 })
        #expect(trend.history.map(\.observedAt) == trend.history.map(\.observedAt).sorted())
        #expect(trend.score.velocity?.perHour == 10)
        #expect(trend.observedAt == start.adding(hours: 74))
    }

    @Test("Every part of a score is read back as it was written")
    func everyPart() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        for (hours, views) in [(0, 100), (10, 300), (20, 350)] as [(Double, Int64)] {
            try fixture.see("a", views: views, at: start.adding(hours: hours))
        }
        let trend = try #require(try fixture.trends().first)
        #expect(
            trend.score.velocity
                == Velocity(
                    measure: .views, perHour: 5, acceleration: -1.5, from: start.adding(hours: 10),
                    to: start.adding(hours: 20)))
        #expect(trend.score.outlier.ratio == nil && trend.score.outlier.sentence.hasPrefix("Not enough data: too few"))
        #expect(trend.score.rising == Rising.expectedGain(of: history(trend)))
    }
}
