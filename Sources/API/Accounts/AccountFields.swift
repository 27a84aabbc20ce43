import Core

/// An e-mail address as accounts are known by it: trimmed, lower-case.
package struct EmailAddress: Sendable, Hashable {
    package let text: String

    /// Checks the shape only: one @ with something on both sides, no spaces or control characters, at most 254 characters.
    /// `field` is the name that the error gives it.
    package init(_ typed: String, field: String = "email") throws(ValidationError) {
        let text = FieldText.trimmed(typed).lowercased()
        guard !text.isEmpty else { throw ValidationError(field: field, rule: "is missing") }
        guard typed.unicodeScalars.count <= 254 else {
            throw .outOfRange(field: field, allowed: "at most 254 characters long")
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isVisible = text.unicodeScalars.allSatisfy(FieldText.isVisible)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), isVisible else {
            throw ValidationError(field: field, rule: "must be an address such as name@example.com")
        }
        self.text = text
    }
}

/// A password as somebody chose it: 10 to 256 characters, taken as they are. Counted as JSON Schema counts, in Unicode
/// scalars, which are 1,024 bytes at most.
package struct Password: Sendable {
    let bytes: [UInt8]

    static let length = 10...256

    package init(_ typed: String, field: String = "password") throws(ValidationError) {
        guard !typed.isEmpty else { throw ValidationError(field: field, rule: "is missing") }
        guard Password.length.contains(typed.unicodeScalars.count) else {
            throw ValidationError(field: field, rule: "must be 10 to 256 characters long")
        }
        bytes = Array(typed.utf8)
    }

    /// What somebody says is theirs; one that no account can have is compared all the same.
    init(existing typed: String) {
        bytes = Array(typed.utf8.prefix(1024))
    }
}

/// What somebody wants to be called: at most 100 characters as it was typed, then trimmed, no control characters.
package struct PersonName: Sendable, Hashable {
    /// `nil` when it was left empty.
    package let text: String?

    package init(_ typed: String, field: String = "name") throws(ValidationError) {
        guard typed.unicodeScalars.count <= 100 else {
            throw ValidationError(field: field, rule: "must be at most 100 characters long")
        }
        let text = FieldText.trimmed(typed)
        guard text.unicodeScalars.allSatisfy({ FieldText.isVisible($0) || FieldText.isPartOfWords($0) }) else {
            throw ValidationError(field: field, rule: "must not contain control characters")
        }
        self.text = text.isEmpty ? nil : text
    }
}

enum FieldText {
    /// Without the spaces at both ends, one scalar after the other: a mark on a space is no space.
    static func trimmed(_ text: String) -> String {
        var rest = text.unicodeScalars[...]
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    /// Neither space nor control nor invisible: what an address may consist of.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: false
        default: true
        }
    }

    /// Spaces, and the joiners and tags that emoji and several scripts need.
    static func isPartOfWords(_ scalar: Unicode.Scalar) -> Bool {
        let isJoiner = scalar == "\u{200C}" || scalar == "\u{200D}" || ("\u{E0020}"..."\u{E007F}").contains(scalar)
        return isJoiner || scalar.properties.generalCategory == .spaceSeparator
    }
}
