import Core
import Templates

/// A known count: abbreviated for the eye, exact on hover and for screen readers.
struct CountFigure: Templated {
    let short: String
    let exact: String
    let noun: String

    init(_ value: Int64, _ singular: String) {
        (short, exact) = (Figures.abbreviated(value), Figures.exact(value))
        noun = value == 1 ? singular : singular + "s"
    }

    /// The two counts that say most about a post: views and likes, else comments or shares. Unknown ones are left out.
    static func two(of counts: Counts) -> [CountFigure] {
        let known: [(Int64?, String)] = [
            (counts.views, "view"), (counts.likes, "like"), (counts.comments, "comment"), (counts.shares, "share"),
        ]
        return Array(known.compactMap { value, noun in value.map { CountFigure($0, noun) } }.prefix(2))
    }

    static var fields: Fields<CountFigure> {
        Fields {
            Field.text("short") { $0.short }
            Field.text("exact") { $0.exact }
            Field.text("noun") { $0.noun }
        }
    }
}
