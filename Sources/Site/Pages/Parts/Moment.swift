import Core
import Templates

/// A time in a page: the absolute date as text, which the script turns into "6 h".
struct Moment: Templated {
    let iso: String
    let date: String

    init(_ instant: Instant) {
        iso = Figures.iso(instant)
        date = Figures.date(instant)
    }

    /// Without the year where it is that of `reference`.
    init(_ instant: Instant, near reference: Instant) {
        iso = Figures.iso(instant)
        date = Figures.date(instant, near: reference)
    }

    static var fields: Fields<Moment> {
        Fields {
            Field.text("iso") { $0.iso }
            Field.text("date") { $0.date }
        }
    }
}
