/// Goes from one value to another that it holds: not at all, once, or several times.
///
/// Everything a template reaches is reached this way: the elements of a list, the value of an optional, the section that
/// encloses another.
struct Visit<Start: ~Copyable & SendableMetatype, Goal: ~Copyable & SendableMetatype>: Sendable {
    let run: @Sendable (borrowing Start, (borrowing Goal) -> Void) -> Void

    static func each(_ read: @escaping @Sendable (Start) -> [Goal]) -> Visit where Start: Copyable, Goal: Copyable {
        Visit { start, body in
            let elements = read(start)
            Self.lend(elements.span, to: body)
        }
    }

    static func some(_ read: @escaping @Sendable (Start) -> Goal?) -> Visit where Start: Copyable, Goal: Copyable {
        Visit { start, body in
            if let value = read(start) { body(value) }
        }
    }

    /// Written for elements that cannot be copied, so that none is.
    private static func lend(_ elements: Span<Goal>, to body: (borrowing Goal) -> Void) {
        for index in elements.indices { body(elements[index]) }
    }

    func then<Next: ~Copyable & SendableMetatype>(_ next: Visit<Goal, Next>) -> Visit<Start, Next> {
        Visit<Start, Next> { start, body in run(start) { next.run($0, body) } }
    }
}

/// What a section goes into: the fields of the value inside, and the way to it.
protocol Branching<Start>: Sendable {
    associatedtype Start: SendableMetatype
    associatedtype Element: Sendable

    var fields: @Sendable () -> Fields<Element> { get }
    var visit: Visit<Start, Element> { get }
}

struct Branch<Start: SendableMetatype, Element: Sendable>: Branching {
    /// Asked when a template is bound, so that a type may hold a list of itself.
    let fields: @Sendable () -> Fields<Element>
    let visit: Visit<Start, Element>
}

extension Branching {
    func reached<From: SendableMetatype>(by visit: Visit<From, Start>) -> any Branching<From> {
        Branch(fields: fields, visit: visit.then(self.visit))
    }
}
