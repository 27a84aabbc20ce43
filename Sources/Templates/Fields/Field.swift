/// A name that templates may write, what it holds, and how to read it.
///
/// The closures are called while pages render, several times where a template names a field several times: they read,
/// they do not compute.
package struct Field<Owner: Sendable>: Sendable {
    package typealias Read<Value> = @Sendable (Owner) -> Value

    let name: String
    let member: Member<Owner>

    /// `{{name}}`, escaped for the place where it stands.
    package static func text(_ name: String, _ read: @escaping Read<String>) -> Field {
        Field(name: name, member: Member(kind: .text, write: { .text(read, $0) }))
    }

    /// `{{name}}` in digits, without grouping.
    package static func number(_ name: String, _ read: @escaping Read<Int>) -> Field {
        Field(name: name, member: Member(kind: .number, write: { _ in .number { Int64(read($0)) } }))
    }

    /// `{{name}}` in digits, without grouping.
    package static func number(_ name: String, _ read: @escaping Read<Int64>) -> Field {
        Field(name: name, member: Member(kind: .number, write: { _ in .number(read) }))
    }

    /// `{{{name}}}`, between elements only.
    package static func html(_ name: String, _ read: @escaping Read<SafeHTML>) -> Field {
        Field(name: name, member: Member(kind: .html, write: { .html(read, $0) }))
    }

    /// `{{name}}`; the only kind that may begin an address (`href`, `src`, `action` …).
    package static func link(_ name: String, _ read: @escaping Read<Link>) -> Field {
        Field(name: name, member: Member(kind: .link, write: { .link(read, $0) }))
    }

    /// `{{#name}}… {{name}} or {{.}} …{{/name}}` and `{{^name}}…{{/name}}`.
    package static func optionalText(_ name: String, _ read: @escaping Read<String?>) -> Field {
        let member = Member(
            kind: .optionalText, write: { .text({ read($0) ?? "" }, $0) }, isThere: Test { read($0) != nil })
        return Field(name: name, member: member)
    }

    /// A section like `optionalText`, shown by `{{{name}}}` or `{{{.}}}`.
    package static func optionalHTML(_ name: String, _ read: @escaping Read<SafeHTML?>) -> Field {
        let write: Member<Owner>.Write = { .html({ read($0) ?? SafeHTML(trusted: []) }, $0) }
        return Field(name: name, member: Member(kind: .optionalHTML, write: write, isThere: Test { read($0) != nil }))
    }

    /// A section like `optionalText`, shown like `link`.
    package static func optionalLink(_ name: String, _ read: @escaping Read<Link?>) -> Field {
        let write: Member<Owner>.Write = { .link({ read($0) ?? Link(path: "#") }, $0) }
        return Field(name: name, member: Member(kind: .optionalLink, write: write, isThere: Test { read($0) != nil }))
    }

    /// `{{#name}}…{{/name}}` and `{{^name}}…{{/name}}`.
    package static func flag(_ name: String, _ read: @escaping Read<Bool>) -> Field {
        Field(name: name, member: Member(kind: .flag, isThere: Test { read($0) }))
    }
}

extension Field {
    /// `{{#name}}…{{/name}}` for each element, in order; `{{^name}}…{{/name}}` when there is none.
    package static func list<Element: Templated>(_ name: String, _ read: @escaping Read<[Element]>) -> Field {
        let branch = Branch(fields: { Element.fields }, visit: Visit.each(read))
        return Field(name: name, member: Member(kind: .list, isThere: Test { !read($0).isEmpty }, branch: branch))
    }

    /// `{{#name}}{{.}}{{/name}}` for each text, in order; `{{^name}}…{{/name}}` when there is none.
    package static func texts(_ name: String, _ read: @escaping Read<[String]>) -> Field {
        let branch = Branch(fields: { Fields<String> { Field<String>.text(".") { $0 } } }, visit: Visit.each(read))
        return Field(name: name, member: Member(kind: .texts, isThere: Test { !read($0).isEmpty }, branch: branch))
    }

    /// `{{#name}}…{{/name}}` with the fields of the value, `{{^name}}…{{/name}}` without; inside, also `{{name.field}}`.
    package static func optional<Element: Templated>(_ name: String, _ read: @escaping Read<Element?>) -> Field {
        let branch = Branch(fields: { Element.fields }, visit: Visit.some(read))
        return Field(name: name, member: Member(kind: .optional, isThere: Test { read($0) != nil }, branch: branch))
    }

    /// `{{#name}}…{{/name}}`, always shown, and everywhere `{{name.field}}`.
    package static func one<Element: Templated>(_ name: String, _ read: @escaping Read<Element>) -> Field {
        let branch = Branch(fields: { Element.fields }, visit: Visit.some { read($0) })
        return Field(name: name, member: Member(kind: .one, branch: branch))
    }
}
