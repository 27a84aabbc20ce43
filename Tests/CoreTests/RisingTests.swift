import Core
import TestSupport
import Testing

@Suite("Rising")
struct RisingTests {
    private func expected(_ points: [(Double, Int64?)], isDated: Bool = true) throws -> Double {
        try #require(Rising.expectedGain(of: Histories.views(points, isDated: isDated)))
    }

    @Test("Likes stand in where views are not known, unknown numbers are no expectation")
    func measures() throws {
        let likes = try #require(Rising.expectedGain(of: Histories.likes([(24, 100), (48, 300)])))
        #expect(likes == (try expected([(24, 100), (48, 300)])))
        #expect(Rising.expectedGain(of: Histories.history([(24, Counts(shares: 9, comments: 9))])) == nil)
    }

    @Test("A sighting without the number changes nothing")
    func unknownBetween() throws {
        #expect(try expected([(0, 10), (12, nil), (24, 500), (30, nil)]) == expected([(0, 10), (24, 500)]))
    }

    @Test("Of two posts that gained alike, the larger is expected to gain a little more")
    func total() throws {
        let small = try expected([(24, 1000), (48, 2000)])
        let large = try expected([(24, 1_000_000), (48, 1_001_000)])
        #expect(large > small && large < small * 3)
    }

    @Test("Of two posts that gained alike last, the one that gathers speed is expected to gain more")
    func momentum() throws {
        let gathering = try expected([(0, 0), (24, 1000), (48, 11_000)])
        let fading = try expected([(0, 0), (24, 100_000), (48, 110_000)])
        #expect(gathering > (try expected([(24, 1000), (48, 11_000)])))
        #expect(fading < (try expected([(24, 100_000), (48, 110_000)])))
    }

    @Test("A standstill is expected to stay small, a loss is no negative expectation")
    func falling() throws {
        let moving = try expected([(24, 100_000), (48, 110_000)])
        let still = try expected([(24, 100_000), (48, 100_000)])
        let losing = try expected([(24, 100_000), (48, 50_000)])
        #expect(still > 0 && still < moving / 100)
        #expect(losing > 0 && losing < moving / 100)
    }

    @Test("Sightings within ten minutes are one, the later")
    func burst() throws {
        let single = try expected([(0, 0), (24, 2400)])
        let burst = try expected([(0, 0), (23.9, 2390), (24, 2400)])
        #expect(burst == single)
    }

    @Test("Intervals of different length are compared by the day")
    func perDay() throws {
        #expect(try expected([(0, 0), (48, 4800)]) == expected([(24, 2400), (48, 4800)]))
    }

    @Test("A post seen once without an age is judged by its total alone")
    func undated() throws {
        #expect(try expected([(12, 1000)], isDated: false) == expected([(900, 1000)], isDated: false))
        #expect(try expected([(12, 2000)], isDated: false) > expected([(12, 1000)], isDated: false))
    }

    @Test("A publish time far after the last sighting is wrong and makes nothing new", arguments: [-25, -70_000_000])
    func impossible(_ hours: Double) throws {
        #expect(try expected([(hours, 1000)]) == expected([(12, 1000)], isDated: false))
        // A premiere is announced days ahead and seen again when it is there.
        #expect(try expected([(-72, nil), (12, 1000)]) == expected([(12, 1000)]))
    }

    @Test("A post seen before its own publish time counts as new", arguments: [-24, -1, 0] as [Double])
    func youngest(_ hours: Double) throws {
        let gain = try expected([(hours, 1000)])
        #expect(gain >= (try expected([(1, 1000)])) && gain.isFinite)
    }

    @Test(
        "Whatever the numbers, the expectation is a number of at least zero", arguments: 1...10 as ClosedRange<UInt64>)
    func finite(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let points = (0..<Int.random(in: 1...5, using: &random)).map { index in
                let hours = Double(index) * Double.random(in: 0.001...500, using: &random)
                return (hours, Int64.random(in: 0...(1 << Int64.random(in: 0...62, using: &random)), using: &random))
            }.sorted { $0.0 < $1.0 }
            let isDated = Bool.random(using: &random)
            let gain = Rising.expectedGain(of: Histories.views(points.map { ($0.0, $0.1) }, isDated: isDated))
            #expect(gain.map { $0 >= 0 && $0.isFinite } ?? true, "seed \(seed): \(points) gave \(gain ?? -1)")
        }
    }

    @Test(
        "Posts are ranked by what they gain next better than by any one number", arguments: 1...3 as ClosedRange<UInt64>
    )
    func ranks(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let posts = (0..<200).map { _ in GrowingPost(&random) }

        let order = try posts.sorted { try $0.expectation > $1.expectation }
        let best = Set(posts.sorted { $0.next > $1.next }.prefix(40).map(\.views[0]))
        func hits(_ ranked: [GrowingPost]) -> Int { ranked.prefix(40).count { best.contains($0.views[0]) } }

        #expect(hits(order) >= 30, "seed \(seed)")
        #expect(hits(order) >= hits(posts.sorted { $0.views[2] > $1.views[2] }), "seed \(seed), by views")
    }
}

/// A post whose daily gain shrinks by a share of its own, seen on three days.
private struct GrowingPost {
    let views: [Int64]
    let next: Double

    init(_ random: inout SeededGenerator) {
        let keeps = Double.random(in: 0.3...0.9, using: &random)
        var gain = Double(1 << Int64.random(in: 5...20, using: &random)) * Double.random(in: 1...2, using: &random)
        var total = gain * Double.random(in: 0...5, using: &random)
        views = (0..<3).map { _ in
            total += gain
            gain *= keeps
            return Int64(total)
        }
        next = gain
    }

    var expectation: Double {
        get throws {
            try #require(
                Rising.expectedGain(of: Histories.views(views.enumerated().map { (Double($0 + 1) * 24, $1) })))
        }
    }
}
