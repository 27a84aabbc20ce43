import Core
import Templates
import TestSupport
import Testing

@testable import Site

/// Drawings of one, two and sixty points, of equal and falling values, and of numbers that nobody believes.
@Suite("Drawings at their bounds")
struct ChartBoundTests {
    private static let start = PageFixture.start

    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let history: [Snapshot]

        init(_ name: String, hours: Double = 12, _ views: [Int64?]) {
            testDescription = name
            history = views.enumerated().map { index, views in
                Snapshot(
                    observedAt: ChartBoundTests.start.adding(hours: Double(index) * hours), counts: Counts(views: views)
                )
            }
        }
    }

    private static let drawable = [
        Shape("two equal", [500, 500]), Shape("two zeros", [0, 0]), Shape("two rising", [1, 2]),
        Shape("two falling", [900, 3]),
        Shape("sixty rising", (0..<60).map { Int64($0 * $0) }), Shape("sixty equal", Array(repeating: 7, count: 60)),
        Shape("up and down", [5, 900, 5, 900, 5]), Shape("unknown between", [100, nil, nil, 900, nil]),
        Shape("the largest", [0, Counts.largest]), Shape("the largest and back", [Counts.largest, 0, Counts.largest]),
        Shape("a second apart", hours: 1.0 / 3600, [0, Counts.largest, 0]),
        Shape("a millisecond apart", hours: 1.0 / 3_600_000, [0, Counts.largest]),
        Shape("years apart", hours: 24 * 400, [10, 20, 30]),
    ]

    private func text(_ html: SafeHTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

    /// Every number of every path, in order.
    private func numbers(_ drawing: String) -> [Double] {
        drawing.matches(of: /\sd="([^"]*)"/).flatMap { path in
            path.1.matches(of: /-?\d+(?:\.\d+)?/).compactMap { Double($0.0) }
        }
    }

    @Test("A chart stays inside its frame and in order of time", arguments: drawable)
    func chart(_ shape: Shape) throws {
        let chart = try #require(NumbersChart(shape.history))
        let (lines, gains) = (text(chart.lines), text(chart.gains))

        #expect(numbers(lines).allSatisfy { (0...1000).contains($0) }, "\(lines)")
        #expect(numbers(gains).allSatisfy { (0...1002).contains($0) }, "\(gains)")
        _ = try HTMLSkeleton(lines)
        _ = try HTMLSkeleton(gains)
        let known = shape.history.compactMap(\.counts.views)
        #expect(lines.components("<title>") == known.count, "each sighting says its numbers")
        #expect(gains.components("class=\"gain") == known.count - 1)
        #expect((2...6).contains(chart.marks.count) && Set(chart.marks).count == chart.marks.count)
        #expect((2...3).contains(chart.days.count))
    }

    @Test("A sparkline stays inside its 84 x 26 and says its gains in words", arguments: drawable)
    func sparkline(_ shape: Shape) throws {
        let drawing = text(try #require(Sparkline.draw(GainSeries(shape.history))))
        #expect(numbers(drawing).allSatisfy { (0...84).contains($0) }, "\(drawing)")
        #expect(drawing.contains("aria-label=\"gained per day"))
        _ = try HTMLSkeleton(drawing)
    }

    @Test(
        "With fewer than two known values there is nothing to draw",
        arguments: [
            Shape("none", []), Shape("one", [5]), Shape("unknown", [nil, nil]), Shape("one known", [nil, 5, nil]),
        ])
    func nothing(_ shape: Shape) {
        #expect(NumbersChart(shape.history) == nil)
        #expect(Sparkline.draw(GainSeries(shape.history)) == nil)
        #expect(Pulse(shape.history) == nil)
    }

    @Test("Two sightings of one moment are no interval")
    func sameMoment() {
        let history = [1, 2].map { Snapshot(observedAt: Self.start, counts: Counts(views: $0)) }
        #expect(GainSeries(history).intervals.isEmpty)
        #expect(NumbersChart(history) == nil)
    }

    @Test("Likes are drawn where views are not known twice, and never the two in one line")
    func measure() throws {
        let counts = [Counts(views: 5, likes: 10), Counts(likes: 30), Counts(likes: 70)]
        let history = counts.enumerated().map { Snapshot(observedAt: Self.start.adding(hours: Double($0)), counts: $1) }
        let chart = try #require(NumbersChart(history))
        #expect(chart.measure == .likes)
        #expect(text(chart.lines).contains("10 likes on 2 Mar 2026, 70 on 2 Mar 2026"))
        #expect(GainSeries(history).intervals.map(\.gained) == [20, 40])
    }

    @Test("The tallest bar's number is the largest change, up or down, with its sign")
    func peak() throws {
        let falling = Shape("", hours: 24, [1000, 1100, 100])
        #expect(try #require(NumbersChart(falling.history)).peak == "-1k")
        #expect(try #require(NumbersChart(Shape("", hours: 24, [0, 500, 600]).history)).peak == "+500")
    }

    @Test(
        "Dates are told apart: with the time of day when close, with the year when far",
        arguments: [
            (10, ["2 Mar, 08:00", "2 Mar, 18:00"]), (40, ["2 Mar", "4 Mar"]), (96, ["2 Mar", "4 Mar", "6 Mar"]),
            (24 * 400, ["2 Mar 2026", "18 Sep 2026", "6 Apr 2027"]),
        ] as [(Double, [String])])
    func days(_ hours: Double, _ days: [String]) {
        #expect(TimeAxis(from: Self.start, to: Self.start.adding(hours: hours)).days == days)
    }

    @Test("Places on the axis run from 0 to 1000, and an axis without a span has one place")
    func places() {
        let axis = TimeAxis(from: Self.start, to: Self.start.adding(hours: 10))
        #expect([0, 5, 10].map { axis.place(Self.start.adding(hours: $0)) } == [0, 500, 1000])
        #expect(TimeAxis(from: Self.start, to: Self.start).place(Self.start) == 0)
    }

    @Test(
        "Any two counts have a scale of round marks",
        arguments: [(0, 0), (7, 7), (0, Counts.largest), (Counts.largest, Counts.largest), (999, 1001)]
            as [(Int64, Int64)])
    func scale(_ low: Int64, _ high: Int64) {
        let scale = Scale(low, high)
        #expect(scale.low <= low && scale.high >= high && scale.high > scale.low)
        #expect(scale.values == scale.values.sorted(by: >) && (2...6).contains(scale.marks))
    }
}

extension String {
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
