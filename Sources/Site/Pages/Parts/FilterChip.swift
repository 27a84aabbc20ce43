import Core
import Templates

/// A button that narrows the list shown, by script, to the cards that a rule fits.
struct FilterChip: Templated, Equatable {
    let name: String
    /// As the script reads it: a card's kind ("k:new"), or a number it carries with its bound ("s>5", "h<48").
    let rule: String
    /// Chips of one kind widen each other, chips of different kinds narrow.
    let kind: String

    /// The chips that at least one of the cards fits and that do not fit all of them.
    static func fitting(_ cards: ArraySlice<TrendCard>) -> [FilterChip] {
        let candidates = rules.filter { rule in
            let fitting = cards.count(where: rule.fits)
            return fitting > 0 && fitting < cards.count
        }.map(\.chip)
        let recent =
            cards.contains { $0.face.published != nil }
            ? [FilterChip(name: "Under 48 h", rule: "h<48", kind: "age")] : []
        let platforms = Platform.allCases.filter { platform in cards.contains { $0.platform == platform } }
        let perPlatform = platforms.map { FilterChip(name: $0.name, rule: "k:\($0.rawValue)", kind: "platform") }
        return candidates + recent + (platforms.count > 1 ? perPlatform : [])
    }

    private typealias Rule = (chip: FilterChip, fits: @Sendable (TrendCard) -> Bool)

    private static let rules: [Rule] = [
        (FilterChip(name: "New", rule: "k:new", kind: "new"), { $0.state == .new }),
        (FilterChip(name: "5x and more", rule: "s>5", kind: "score"), { ($0.ratio ?? 0) >= 5 }),
        (FilterChip(name: "100k views", rule: "v>100000", kind: "views"), { ($0.views ?? 0) >= 100_000 }),
        (FilterChip(name: "Shorts", rule: "k:short", kind: "length"), { $0.isShort }),
        (FilterChip(name: "20 min and more", rule: "k:long", kind: "length"), { $0.isLong }),
        (FilterChip(name: "Saved", rule: "k:saved", kind: "saved"), { $0.state == .saved }),
    ]

    static var fields: Fields<FilterChip> {
        Fields {
            Field.text("name") { $0.name }
            Field.text("rule") { $0.rule }
            Field.text("kind") { $0.kind }
        }
    }
}
