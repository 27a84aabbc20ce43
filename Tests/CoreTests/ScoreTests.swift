import Core
import Testing

@Suite("Scores")
struct ScoreTests {
    private static let born = CivilTime(year: 2026, month: 11, day: 1).instant

    /// Views at ages in hours.
    private func history(_ points: [(Double, Int64?)], id: String = "x", isDated: Bool = true) -> PostHistory {
        PostHistory(
            id: id, publishedAt: isDated ? Self.born : nil,
            snapshots: points.map { Snapshot(observedAt: Self.born.adding(hours: $0.0), counts: Counts(views: $0.1)) })
    }

    private func peers(_ count: Int, at hours: Double = 36, views: Int64 = 50_000) -> [PostHistory] {
        (0..<count).map { history([(hours, views)], id: "p\($0)") }
    }

    private func score(_ post: PostHistory, author: Int = 0, cohort: Int = 0) -> TrendScore {
        Scoring.score(
            of: post,
            among: ScorePeers(
                author: PeerGroup(peers(author)), cohort: PeerGroup(peers(cohort)), cohortName: "Tech", noun: "video")
        )
    }

    @Test("An outlier prints its basis")
    func sentence() {
        let outlier = score(history([(36, 410_000)]), author: 9).outlier
        #expect(
            outlier.sentence
                == "8.2x: 410k views at 36 h; median of 9 videos by this creator at that age: 50k")
    }

    @Test(
        "Five posts of the author or twenty of the cohort are needed",
        arguments: [(4, 19, false), (5, 0, true), (4, 20, true)] as [(Int, Int, Bool)])
    func enough(author: Int, cohort: Int, isKnown: Bool) {
        #expect((score(history([(36, 10)]), author: author, cohort: cohort).outlier.ratio != nil) == isKnown)
    }

    @Test("No publish time means no age, and no age no outlier")
    func undated() {
        #expect(score(history([(36, 10)], isDated: false), author: 9).outlier.ratio == nil)
    }

    @Test("A median of zero gives no ratio")
    func zeroMedian() {
        let zeros = (0..<9).map { history([(36, 0)], id: "z\($0)") }
        let peers = ScorePeers(author: PeerGroup(zeros), cohort: .none, cohortName: "", noun: "video")
        #expect(Scoring.score(of: history([(36, 10)]), among: peers).outlier.ratio == nil)
    }

    @Test(
        "A value at an age needs snapshots around it, one of them near",
        arguments: [
            (30, [(20.0, 100), (40.0, 200)], true), (30, [(40.0, 100), (50.0, 200)], false),
            (30, [(10.0, 1), (50.0, 2)], false),
            (30, [(10.0, 1), (44.0, 2)], true), (30, [(30.0, 7)], true), (30, [(20.0, 100)], false),
        ] as [(Double, [(Double, Int64)], Bool)])
    func interpolation(age: Double, points: [(Double, Int64)], isKnown: Bool) {
        let value = history(points.map { ($0.0, $0.1) }).value(of: .views, atAge: age)
        #expect((value != nil) == isKnown)
    }

    @Test("Between two snapshots the logarithm is linear in age")
    func logLinear() throws {
        let value = try #require(history([(20, 99), (40, 9999)]).value(of: .views, atAge: 30))
        #expect(abs(value - 999) < 0.01)
    }

    @Test("Views and likes are never mixed")
    func measures() {
        let likesOnly = PostHistory(
            id: "l", publishedAt: Self.born,
            snapshots: [Snapshot(observedAt: Self.born.adding(hours: 36), counts: Counts(likes: 10))])
        #expect(score(likesOnly, author: 9).outlier.ratio == nil)
    }

    @Test("Velocity is the change between snapshots, never a lifetime average")
    func velocity() throws {
        #expect(Velocity.of(history([(24, 1000)])) == nil)
        let velocity = try #require(Velocity.of(history([(0, 0), (24, 2400), (48, 3600)])))
        #expect(velocity.perHour == 50)
        #expect(velocity.acceleration == -50.0 / 24)
        #expect(velocity.sentence == "+1.2k views a day, measured over 24 h, slowing down")
    }

    @Test("Snapshots closer than ten minutes are one, and numbers may fall")
    func closeSnapshots() throws {
        let velocity = try #require(Velocity.of(history([(0, 500), (10, 400), (10.1, 400)])))
        #expect(velocity.perHour < 0)
        #expect(velocity.from == Self.born)
    }

    @Test("Unknown numbers give no expectation")
    func unknown() {
        #expect(Rising.expectedGain(of: history([(24, nil)])) == nil)
        #expect(Rising.expectedGain(of: history([])) == nil)
    }

    @Test("A larger last gain never lowers the expectation", arguments: [10, 1000, 50_000, 900_000] as [Int64])
    func monotone(gain: Int64) throws {
        let less = try #require(Rising.expectedGain(of: history([(24, 100_000), (48, 100_000 + gain)])))
        let more = try #require(Rising.expectedGain(of: history([(24, 100_000), (48, 100_000 + gain * 2)])))
        #expect(more > less)
    }

    @Test("Of two posts seen once with equal views, the younger is expected to gain more")
    func younger() throws {
        let young = try #require(Rising.expectedGain(of: history([(12, 1000)])))
        let old = try #require(Rising.expectedGain(of: history([(96, 1000)])))
        #expect(young > old)
    }
}
