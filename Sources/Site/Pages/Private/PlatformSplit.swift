import Core
import Templates

/// How many trends each platform has, as a bar and as numbers, the largest first.
struct PlatformSplit: Templated {
    struct Part: Templated {
        let key: String
        let name: String
        let count: String
        let share: String

        static var fields: Fields<Part> {
            Fields {
                Field.text("key") { $0.key }
                Field.text("name") { $0.name }
                Field.text("count") { $0.count }
                Field.text("share") { $0.share }
            }
        }
    }

    let bar: SafeHTML
    let parts: [Part]

    /// Nil for an empty list.
    init?(_ cards: [TrendCard]) {
        guard !cards.isEmpty else { return nil }
        let counts = cards.reduce(into: [Platform: Int]()) { $0[$1.platform, default: 0] += 1 }
        let order = counts.keys.sorted { (counts[$1] ?? 0, $0.rawValue) < (counts[$0] ?? 0, $1.rawValue) }
        let split = order.map { (key: $0.rawValue, percent: Double(counts[$0] ?? 0) * 100 / Double(cards.count)) }
        bar = SplitBar.draw(split)
        parts = zip(order, split).map { platform, part in
            let share = part.percent < 1 ? "under 1 %" : "\(Int(part.percent.rounded())) %"
            return Part(
                key: part.key, name: platform.name, count: Figures.exact(Int64(counts[platform] ?? 0)), share: share)
        }
    }

    static var fields: Fields<PlatformSplit> {
        Fields {
            Field.html("bar") { $0.bar }
            Field.list("parts") { $0.parts }
        }
    }
}
