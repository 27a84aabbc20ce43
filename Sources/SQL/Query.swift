/// A value that can be bound to a statement or read from a column.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A type with one encoding as a column value.
package protocol SQLConvertible {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLConvertible {
    package var sqlValue: SQLValue { self }
}

extension Int64: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Bool: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Double: SQLConvertible {
    package var sqlValue: SQLValue { .real(self) }
}

extension String: SQLConvertible {
    package var sqlValue: SQLValue { .text(self) }
}

extension [UInt8]: SQLConvertible {
    package var sqlValue: SQLValue { .blob(self) }
}

/// One SQL statement with its values. Interpolated values are always bound, never pasted into the text.
///
/// The text is written once in the subset that SQLite and PostgreSQL share, and contains no literal `?`. PostgreSQL is the
/// stricter one: a value has its Swift type (BIGINT, DOUBLE PRECISION, TEXT, BYTEA) wherever it stands, and `nil` that of the
/// column it meets, so `\(nil) IS NULL` has none; nothing is converted between text and numbers; a selected column that is
/// not grouped is an error; an error ends the transaction, unless it happened in a `Connection.savepoint`.
package struct Query: Sendable, Hashable, ExpressibleByStringInterpolation {
    package private(set) var text: String
    package private(set) var values: [SQLValue]

    package init(stringLiteral value: String) {
        (text, values) = (value, [])
    }

    /// For statements whose text is made by the program: as many values as `text` has `?`.
    package init(text: String, values: [SQLValue]) {
        (self.text, self.values) = (text, values)
    }

    package init(stringInterpolation: StringInterpolation) {
        (text, values) = (stringInterpolation.text, stringInterpolation.values)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ value: some SQLConvertible) {
            text += "?"
            values.append(value.sqlValue)
        }

        package mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            text += "?"
            values.append(value?.sqlValue ?? .null)
        }

        /// A part of a statement, with its values.
        package mutating func appendInterpolation(_ part: Query) {
            text += part.text
            values += part.values
        }

        /// A bracketed list of values for `IN`; an empty list matches nothing.
        package mutating func appendInterpolation(list: [some SQLConvertible]) {
            text +=
                list.isEmpty ? "(NULL)" : "(" + Array(repeating: "?", count: list.count).joined(separator: ",") + ")"
            values += list.map { $0.sqlValue }
        }
    }
}
