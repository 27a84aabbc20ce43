/// A type that templates can show: it lists its fields once, typed.
package protocol Templated: Sendable {
    /// Every field that a template may name. Read when a template is bound, never while it renders.
    static var fields: Fields<Self> { get }
}

/// The fields of one type, each name once.
package struct Fields<Owner: Sendable>: Sendable {
    let table: FieldTable

    package init(@FieldsBuilder<Owner> _ fields: () -> [Field<Owner>]) {
        table = FieldTable(owner: "\(Owner.self)", members: fields().map { ($0.name, $0.member) })
    }
}

/// Collects fields, one a line; another type's helper may hand in several at once.
@resultBuilder
package enum FieldsBuilder<Owner: Sendable> {
    package static func buildExpression(_ field: Field<Owner>) -> [Field<Owner>] { [field] }
    package static func buildExpression(_ fields: [Field<Owner>]) -> [Field<Owner>] { fields }
    package static func buildBlock(_ fields: [Field<Owner>]...) -> [Field<Owner>] { fields.flatMap { $0 } }
}
