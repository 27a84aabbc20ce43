import Core
import Testing

/// What a platform, or whoever imitates one, may claim must never stop the program.
@Suite("Hostile numbers")
struct HostileNumberTests {
    private static let claims: [Int64] = [0, 1, 1 << 40, 1_000_000_000_000_000, 1 << 60, .max]

    @Test(
        "A count below zero or beyond a thousand million million is unknown, at both borders",
        arguments: [
            (-1, nil), (Int64.min, nil), (0, 0), (1_000_000_000_000_000, 1_000_000_000_000_000),
            (1_000_000_000_000_001, nil), (Int64.max, nil),
        ] as [(Int64, Int64?)])
    func bounds(_ claimed: Int64, _ kept: Int64?) {
        let counts = Counts(views: claimed, likes: claimed, shares: claimed, comments: claimed)
        #expect(counts == Counts(views: kept, likes: kept, shares: kept, comments: kept))
        #expect(counts.isEmpty == (kept == nil))
    }

    @Test("Any claim within ten minutes gives a velocity with a sentence, or none", arguments: claims)
    func velocity(_ views: Int64) {
        let histories: [[Int64]] = [[0, views], [views, 0], [0, views, 0]]
        for points in histories.map({ $0.enumerated().map { (Double($0) * 0.2, Optional($1)) } }) {
            let velocity = Velocity.of(Histories.views(points))
            #expect(velocity.map { $0.perHour.isFinite && !$0.sentence.isEmpty } ?? true)
        }
    }

    @Test("Any claim gives an outlier a sentence with numbers in it", arguments: claims)
    func outlier(_ views: Int64) {
        let author = Histories.peers([views, views, views, views, views])
        let peers = ScorePeers(author: PeerGroup(author), cohort: .none, cohortName: "", noun: "post")
        for value in Self.claims {
            let score = Scoring.score(of: Histories.views([(36, value)]), among: peers)
            let sentence = score.outlier.sentence
            #expect(!sentence.isEmpty && !sentence.contains("inf") && !sentence.contains("nan"))
        }
    }
}
