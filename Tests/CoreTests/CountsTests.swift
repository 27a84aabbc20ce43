import Core
import TestSupport
import Testing

@Suite("Counts")
struct CountsTests {
    private func random(_ random: inout SeededGenerator) -> Counts {
        func count() -> Int64? { Bool.random(using: &random) ? Int64.random(in: 0...9, using: &random) : nil }
        return Counts(views: count(), likes: count(), shares: count(), comments: count())
    }

    @Test(
        "Merging keeps the larger known value, in any order and any number of times",
        arguments: 1...5 as ClosedRange<UInt64>)
    func merging(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let (a, b, c) = (random(&generator), random(&generator), random(&generator))
            #expect(a.merged(with: b) == b.merged(with: a), "seed \(seed)")
            #expect(a.merged(with: b).merged(with: c) == a.merged(with: b.merged(with: c)), "seed \(seed)")
            #expect(a.merged(with: a) == a && a.merged(with: Counts()) == a, "seed \(seed)")
            #expect(a.merged(with: b).views ?? -1 == max(a.views ?? -1, b.views ?? -1), "seed \(seed)")
        }
    }

    @Test("A known zero is not unknown")
    func zero() {
        #expect(Counts().isEmpty)
        #expect(!Counts(shares: 0).isEmpty)
        #expect(Counts(views: 0).merged(with: Counts()).views == 0)
    }

    @Test("A trend shows the newest known value of each count, and when it was last seen")
    func newest() {
        let post = Post(platform: .web, platformPostID: "a", contentType: .link, url: "https://example.com/")
        let histories = Histories.history([
            (1, Counts(views: 5, likes: 9)), (2, Counts(views: 7, shares: 1)), (3, Counts(likes: 0)), (4, Counts()),
        ])
        let trend = Trend(
            id: TrendID(rawValue: "t"), post: post, history: histories.snapshots,
            score: TrendScore(velocity: nil, outlier: .notEnoughData(reason: ""), rising: nil), watchlistIDs: [],
            addedAt: Histories.born)

        #expect(trend.counts == Counts(views: 7, likes: 0, shares: 1))
        #expect(trend.observedAt == Histories.born.adding(hours: 4))
    }
}
