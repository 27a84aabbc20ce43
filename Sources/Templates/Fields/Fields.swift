/// A type that templates can show: it lists its fields once, typed.
package protocol Templated: Sendable {
    /// Every field that a template may name. Read when a template is bound, never while it renders.
    static var fields: Fields<Self> { get }
}

/// The fields of one type, each name once.
package struct Fields<Owner: Sendable>: Sendable {
    let all: [Field<Owner>]

    package init(@FieldsBuilder<Owner> _ fields: () -> [Field<Owner>]) {
        all = fields()
    }

    /// Nil, or the name that is listed twice or that no template could write.
    var misnamed: String? {
        var seen: Set<String> = []
        return all.first { !seen.insert($0.name).inserted || !Name.isField($0.name) }?.name
    }

    subscript(name: String) -> Member<Owner>? {
        all.first { $0.name == name }?.member
    }
}

extension Fields: CustomStringConvertible {
    /// `TrendCard has: title, url`, for failures.
    package var description: String {
        all.isEmpty ? "\(Owner.self) has no fields" : "\(Owner.self) has: \(all.map(\.name).joined(separator: ", "))"
    }
}

/// Collects fields, one a line; another type's helper may hand in several at once.
@resultBuilder
package enum FieldsBuilder<Owner: Sendable> {
    package static func buildExpression(_ field: Field<Owner>) -> [Field<Owner>] { [field] }
    package static func buildExpression(_ fields: [Field<Owner>]) -> [Field<Owner>] { fields }
    package static func buildBlock(_ fields: [Field<Owner>]...) -> [Field<Owner>] { fields.flatMap { $0 } }
}
