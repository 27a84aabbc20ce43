import Core
import Testing

@Suite("Figures")
struct FiguresTests {
    @Test(
        "Counts are abbreviated to three digits",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1k"), (1234, "1.2k"), (9950, "10k"), (410_312, "410k"), (999_499, "999k"),
            (999_500, "1M"), (47_078_714, "47.1M"), (8_400_000_000, "8.4B"), (-1234, "-1.2k"),
            (5_000_000_000_000, "5,000B"),
        ] as [(Int64, String)])
    func abbreviated(value: Int64, text: String) {
        #expect(Figures.abbreviated(value) == text)
    }

    @Test(
        "Exact counts are grouped by three",
        arguments: [(0, "0"), (1000, "1,000"), (-1_234_567, "-1,234,567")] as [(Int64, String)])
    func exact(value: Int64, text: String) {
        #expect(Figures.exact(value) == text)
    }

    @Test(
        "Ratios have two digits",
        arguments: [(8.23, "8.2x"), (0.04, "0.0x"), (9.96, "10x"), (131.4, "131x")] as [(Double, String)])
    func ratio(value: Double, text: String) {
        #expect(Figures.ratio(value) == text)
    }

    @Test(
        "Ages are in the largest unit that says enough",
        arguments: [
            (0.5, "30 min"), (36, "36 h"), (71.9, "71 h"), (96, "4 d"), (504, "3 wk"), (4800, "6 mo"), (19_200, "2 y"),
        ] as [(Double, String)])
    func age(hours: Double, text: String) {
        #expect(Figures.age(hours: hours) == text)
    }

    @Test("Lengths are clocks", arguments: [(42, "0:42"), (310, "5:10"), (3723, "1:02:03")] as [(Int64, String)])
    func clock(seconds: Int64, text: String) {
        #expect(Figures.clock(seconds: seconds) == text)
    }

    @Test("Moments are written in UTC")
    func moments() {
        let instant = CivilTime(year: 2026, month: 11, day: 24, hour: 14, minute: 5, second: 9).instant
        #expect(Figures.iso(instant) == "2026-11-24T14:05:09Z")
        #expect(Figures.dateTime(instant) == "24 Nov 2026, 14:05 UTC")
    }

    @Test(
        "Civil time and instants are each other's inverse",
        arguments: [-1, 0, 951_782_400, 1_709_164_800, 4_102_444_799] as [Int64])
    func civil(seconds: Int64) {
        #expect(CivilTime(Instant(seconds: seconds)).instant == Instant(seconds: seconds))
    }
}
