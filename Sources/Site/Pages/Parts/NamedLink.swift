import Core
import Templates

/// A link with its words, its count where there is one, and whether it leads to the page it stands on.
struct NamedLink: Templated, Equatable {
    let name: String
    let link: Link
    var count = ""
    var isCurrent = false

    init(_ name: String, _ route: Route, count: String = "", isCurrent: Bool = false) {
        (self.name, link, self.count, self.isCurrent) = (name, Link(path: route.path), count, isCurrent)
    }

    /// To what is no route of its own.
    init(_ name: String, link: Link, count: String = "") {
        (self.name, self.link, self.count) = (name, link, count)
    }

    static var fields: Fields<NamedLink> {
        Fields {
            Field.text("name") { $0.name }
            Field.link("link") { $0.link }
            Field.text("count") { $0.count }
            Field.flag("isCurrent") { $0.isCurrent }
        }
    }
}

/// A name and what stands beside it, such as a limit or a rule.
struct NamedValue: Templated {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
        (self.name, self.value) = (name, value)
    }

    static var fields: Fields<NamedValue> {
        Fields {
            Field.text("name") { $0.name }
            Field.text("value") { $0.value }
        }
    }
}
