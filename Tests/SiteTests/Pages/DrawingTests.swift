import Core
import TestSupport
import Testing

@testable import Site

@Suite("Drawing")
struct DrawingTests {
    @Test("A scale holds its values between two to six round marks", arguments: [1, 2, 3, 4] as [UInt64])
    func scale(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let low = Int64.random(in: 0...(1 << Int64.random(in: 1...50)), using: &random)
            let high = low + Int64.random(in: 0...(1 << Int64.random(in: 1...50)), using: &random)

            let scale = Scale(low, high)

            #expect(scale.low <= low && scale.high >= high, "seed \(seed): \(low)...\(high)")
            #expect((2...6).contains(scale.marks), "seed \(seed): \(low)...\(high) has \(scale.marks)")
            #expect((0...1).contains(scale.place(low)) && (0...1).contains(scale.place(high)))
        }
    }

    @Test("A sparkline has at most twelve bars inside its 84 x 26, the latest at the right")
    func sparkline() throws {
        let views = (0..<40).map { Int64($0 * $0 * 1000) }
        let drawing = try #require(Sparkline.draw(GainSeries(PageFixture.trend(1, views: views).history)))
        let text = String(decoding: drawing.bytes, as: UTF8.self)

        let bars = text.matches(of: /M(\d+) 26V(\d+)/).compactMap { bar in
            Int(bar.1).flatMap { x in Int(bar.2).map { (x: x, y: $0) } }
        }

        #expect(bars.count == 12)
        #expect(bars.allSatisfy { (0...84).contains($0.x) && (0...25).contains($0.y) })
        #expect(bars.map(\.x) == bars.map(\.x).sorted() && bars.last?.x == 80)
    }

    @Test("Intervals of different length are compared by what they gained a day")
    func rates() throws {
        let history = [(0, 0), (12, 100), (60, 500)].map { hours, views in
            Snapshot(observedAt: PageFixture.start.adding(hours: Double(hours)), counts: Counts(views: Int64(views)))
        }
        let series = GainSeries(history)

        #expect(series.intervals.map(\.rate) == [200, 200])
        #expect(series.trend == .up)
    }

    @Test("A chart needs two sightings of one measure")
    func chart() throws {
        #expect(NumbersChart(PageFixture.trend(1, views: [100]).history) == nil)
        #expect(NumbersChart(PageFixture.trend(1, views: [100, nil]).history) == nil)

        let chart = try #require(NumbersChart(PageFixture.trend(1, views: [100, nil, 900]).history))

        #expect(chart.marks.first == "1k" && chart.days.count == 2)
        let lines = String(decoding: chart.lines.bytes, as: UTF8.self)
        #expect(lines.contains("100 views on 2 Mar 2026, 900 on 3 Mar 2026"))
    }

    @Test("A cover depends on the post's id alone, and many posts use all of them")
    func covers() {
        let looks = (0..<500).map { CoverLook.classes(of: PageFixture.post($0)) }

        #expect(CoverLook.classes(of: PageFixture.post(1)) == looks[1])
        #expect(Set(looks).count == 24)
        #expect(looks.allSatisfy { $0.hasSuffix(" youtube") })
    }

    @Test("The parts of a bar fill it without overlapping")
    func split() {
        let text = String(decoding: SplitBar.draw([("a", 75), ("b", 24.96), ("c", 0.04)]).bytes, as: UTF8.self)
        let parts = text.matches(of: /x="([\d.]+)" width="([\d.]+)"/).compactMap { part in
            Double(part.1).flatMap { x in Double(part.2).map { (x: x, end: x + $0) } }
        }
        #expect(parts.count == 3)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.end <= $1.x + 0.05 })
    }
}
