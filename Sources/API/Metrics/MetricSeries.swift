import CoreMetrics
import Synchronization

/// The labels of a series, in order of their names.
struct SeriesLabels: Hashable {
    private let pairs: [Pair]

    private struct Pair: Hashable {
        let name: String
        let value: String
    }

    static let none = SeriesLabels([])

    init(_ dimensions: [(String, String)]) {
        pairs = dimensions.map { Pair(name: PrometheusName.valid($0.0), value: $0.1) }.sorted { $0.name < $1.name }
    }

    /// The same names with one value for all: where series that would be too many are counted together.
    var together: SeriesLabels { SeriesLabels(pairs.map { ($0.name, "other") }) }

    /// `{a="1",b="2"}`, with one more label at the end; nothing when there is none.
    func text(_ extra: (name: String, value: String)? = nil) -> String {
        var parts = pairs.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        if let extra { parts.append("\(extra.name)=\"\(Self.escaped(extra.value))\"") }
        return parts.isEmpty ? "" : "{\(parts.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

enum PrometheusName {
    /// With underscores for everything that a name may not hold.
    static func valid(_ text: String) -> String {
        let letters = text.unicodeScalars.map { scalar -> Character in
            let isValid = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isValid ? Character(scalar) : "_"
        }
        return letters.first?.isNumber == true ? "_" + String(letters) : String(letters)
    }

    /// As short as it can be read back exactly.
    static func number(_ value: Double) -> String {
        if value == .infinity { return "+Inf" }
        if value == -.infinity { return "-Inf" }
        if value.isNaN { return "NaN" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}

/// A number that only grows.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler {
    private let total = Mutex(0.0)

    var value: Double { total.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount > 0 else { return }
        total.withLock { $0 += amount }
    }

    func reset() { total.withLock { $0 = 0 } }
}

/// A number that is set.
final class GaugeSeries: MeterHandler, RecorderHandler {
    private let latest = Mutex(0.0)

    var value: Double { latest.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { latest.withLock { $0 = value } }
    func increment(by amount: Double) { latest.withLock { $0 += amount } }
    func decrement(by amount: Double) { latest.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// How many values lay below each bound.
final class HistogramSeries: TimerHandler, RecorderHandler {
    struct Reading {
        /// One for each bound, and one for what lies above all.
        var counts: [Int]
        var sum = 0.0
    }

    let bounds: [Double]
    private let reading: Mutex<Reading>

    init(bounds: [Double]) {
        self.bounds = bounds
        reading = Mutex(Reading(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var value: Reading { reading.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        reading.withLock { reading in
            reading.counts[place] += 1
            reading.sum += value
        }
    }
}
