/// A value that breaks a rule: names the field and the rule in words a person can act on.
package struct ValidationError: Error, Sendable, Equatable, CustomStringConvertible {
    package let field: String
    package let rule: String

    package init(field: String, rule: String) {
        (self.field, self.rule) = (field, rule)
    }

    package static func outOfRange(field: String, allowed: String) -> ValidationError {
        ValidationError(field: field, rule: "must be \(allowed)")
    }

    package var description: String { "\(field) \(rule)" }
}
