import Core
import TestSupport
import Testing

@Suite("Figures at their bounds")
struct FigureBoundaryTests {
    @Test(
        "A count changes its unit exactly where a fourth digit would begin",
        arguments: [
            (1, "1"), (1049, "1k"), (1050, "1.1k"), (9_949, "9.9k"), (9_999, "10k"), (10_050, "10.1k"),
            (99_949, "99.9k"), (99_950, "100k"), (999_950, "1M"), (1_049_999, "1M"), (1_050_000, "1.1M"),
            (99_950_000, "100M"), (999_499_999, "999M"), (999_500_000, "1B"), (999_950_000_000, "1,000B"),
            (-999, "-999"), (-999_500, "-1M"), (.max, "9,223,372,037B"), (.min, "-9,223,372,037B"),
        ] as [(Int64, String)])
    func abbreviated(_ value: Int64, _ text: String) {
        #expect(Figures.abbreviated(value) == text)
    }

    /// The number that an abbreviation stands for, and half of its last digit.
    private func meaning(_ text: String) throws -> (value: Double, slack: Double) {
        let units: [Character: Double] = ["k": 1e3, "M": 1e6, "B": 1e9]
        let unit = text.last.flatMap { units[$0] }
        let digits = text.filter { $0.isNumber || $0 == "." }
        let number = try #require(Double(digits))
        return (
            number * (unit ?? 1), (unit ?? 1) * (unit == nil ? 0 : digits.contains(".") || number < 100 ? 0.05 : 0.5)
        )
    }

    @Test(
        "An abbreviation is at most five letters, off by half a last digit at most, and never shrinks",
        arguments: 1...8 as ClosedRange<UInt64>)
    func rounding(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<400).map { _ in
            Int64.random(in: 0...(1 << Int64.random(in: 0...39, using: &random)), using: &random)
        }
        var last = 0.0
        for value in values.sorted() {
            let text = Figures.abbreviated(value)
            let (meant, slack) = try meaning(text)
            #expect(text.count <= 5, "seed \(seed): \(value) is \(text)")
            #expect(abs(meant - Double(value)) <= slack, "seed \(seed): \(value) is \(text)")
            #expect(meant >= last, "seed \(seed): \(value) is \(text)")
            last = meant
        }
    }

    @Test(
        "A change carries its sign, none has none",
        arguments: [(0, "0"), (1, "+1"), (-1, "-1"), (8_400_000, "+8.4M"), (-120, "-120"), (.min, "-9,223,372,037B")]
            as [(Int64, String)])
    func signed(_ value: Int64, _ text: String) {
        #expect(Figures.signed(value) == text)
    }

    @Test(
        "Exact counts group every digit there is",
        arguments: [
            (.max, "9,223,372,036,854,775,807"), (.min, "-9,223,372,036,854,775,808"), (100, "100"),
            (999_999, "999,999"),
        ] as [(Int64, String)])
    func exact(_ value: Int64, _ text: String) {
        #expect(Figures.exact(value) == text)
    }

    @Test(
        "Only one is singular",
        arguments: [(0, "0 videos"), (1, "1 video"), (2, "2 videos"), (1000, "1,000 videos"), (1001, "1,001 videos")])
    func plural(_ count: Int, _ text: String) {
        #expect(Figures.plural(count, "video") == text)
    }

    @Test(
        "Ratios have a digit behind the point below ten, and none above",
        arguments: [
            (0, "0.0x"), (0.95, "1.0x"), (9.94, "9.9x"), (9.95, "10x"), (999, "999x"), (12_345, "12.3kx"),
            (.infinity, "–"), (.nan, "–"), (1e300, "–"),
        ] as [(Double, String)])
    func ratio(_ value: Double, _ text: String) {
        #expect(Figures.ratio(value) == text)
    }

    @Test(
        "An age is never rounded up into the next unit",
        arguments: [
            (0, "0 min"), (0.99, "59 min"), (1, "1 h"), (71.99, "71 h"), (72, "3 d"), (503.9, "20 d"), (504, "3 wk"),
            (24 * 91 - 0.1, "12 wk"), (24 * 92, "3 mo"), (24 * 729, "23 mo"), (24 * 731, "2 y"), (-5, "0 min"),
            (.nan, "0 min"), (.infinity, "0 min"),
        ] as [(Double, String)])
    func age(_ hours: Double, _ text: String) {
        #expect(Figures.age(hours: hours) == text)
    }

    @Test(
        "A clock begins its hours at sixty minutes",
        arguments: [
            (0, "0:00"), (59, "0:59"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (360_000, "100:00:00"),
            (-5, "0:00"),
        ]
            as [(Int64, String)])
    func clock(_ seconds: Int64, _ text: String) {
        #expect(Figures.clock(seconds: seconds) == text)
    }

    @Test("A year is left out only where it is that of the reference, by UTC")
    func near() {
        let eve = CivilTime(year: 2026, month: 12, day: 31, hour: 23, minute: 59).instant
        let newYear = CivilTime(year: 2027, month: 1, day: 1).instant
        #expect(Figures.date(eve, near: eve) == "31 Dec")
        #expect(Figures.date(eve, near: newYear) == "31 Dec 2026")
        #expect(Figures.date(newYear, near: newYear) == "1 Jan")
        #expect(Figures.date(newYear, near: eve) == "1 Jan 2027")
    }

    @Test("Far years keep four digits where machines read them")
    func years() {
        #expect(Figures.iso(CivilTime(year: 5, month: 3, day: 1).instant) == "0005-03-01T00:00:00Z")
        #expect(Figures.date(CivilTime(year: 5, month: 3, day: 1).instant) == "1 Mar 5")
        #expect(
            Figures.iso(CivilTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59).instant)
                == "9999-12-31T23:59:59Z")
    }
}
