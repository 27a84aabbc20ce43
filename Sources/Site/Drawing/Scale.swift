/// A scale of evenly spaced round marks around the values it shows.
struct Scale: Sendable {
    let low: Int64
    let step: Int64
    let marks: Int

    /// Two to six marks from at most the lowest to at least the highest value; steps of 1, 2 or 5 x 10^n.
    init(_ lowest: Int64, _ highest: Int64) {
        let rough = max(1, (highest - lowest + 3) / 4)
        var unit: Int64 = 1
        while unit * 10 <= rough { unit *= 10 }
        step = [1, 2, 5, 10].map { $0 * unit }.first { $0 >= rough } ?? unit * 10
        low = Scale.floor(lowest, step)
        marks = max(2, Int((highest - low + step - 1) / step) + 1)
    }

    var high: Int64 { low + step * Int64(marks - 1) }

    /// The marks, highest first.
    var values: [Int64] { (0..<marks).reversed().map { low + step * Int64($0) } }

    /// 0 at the lowest mark, 1 at the highest.
    func place(_ value: Int64) -> Double { Double(value - low) / Double(high - low) }

    private static func floor(_ value: Int64, _ step: Int64) -> Int64 {
        let rest = value % step
        return value - (rest < 0 ? rest + step : rest)
    }
}
