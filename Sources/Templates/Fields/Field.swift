/// A name that templates may write, what it holds, and how to read it.
///
/// The closures are called while pages render, several times where a template names a field several times: they read,
/// they do not compute.
package struct Field<Owner: Sendable>: Sendable {
    package typealias Read<Value> = @Sendable (Owner) -> Value

    let name: String
    let member: Member

    /// `{{name}}`, escaped for the place where it stands.
    package static func text(_ name: String, _ read: @escaping Read<String>) -> Field {
        Field(name: name, member: .text { $0.lend(to: read) })
    }

    /// `{{name}}` in digits, without grouping.
    package static func number(_ name: String, _ read: @escaping Read<Int>) -> Field {
        Field(name: name, member: .number { Int64($0.lend(to: read)) })
    }

    /// `{{name}}` in digits, without grouping.
    package static func number(_ name: String, _ read: @escaping Read<Int64>) -> Field {
        Field(name: name, member: .number { $0.lend(to: read) })
    }

    /// `{{{name}}}`, between elements only.
    package static func html(_ name: String, _ read: @escaping Read<SafeHTML>) -> Field {
        Field(name: name, member: .html { $0.lend(to: read) })
    }

    /// `{{name}}`; the only kind that may begin an address (`href`, `src`, `action` …).
    package static func link(_ name: String, _ read: @escaping Read<Link>) -> Field {
        Field(name: name, member: .link { $0.lend(to: read) })
    }

    /// `{{#name}}… {{name}} or {{.}} …{{/name}}` and `{{^name}}…{{/name}}`.
    package static func optionalText(_ name: String, _ read: @escaping Read<String?>) -> Field {
        Field(name: name, member: .optionalText { $0.lend(to: read) })
    }

    /// A section like `optionalText`, shown by `{{{name}}}` or `{{{.}}}`.
    package static func optionalHTML(_ name: String, _ read: @escaping Read<SafeHTML?>) -> Field {
        Field(name: name, member: .optionalHTML { $0.lend(to: read) })
    }

    /// A section like `optionalText`, shown like `link`.
    package static func optionalLink(_ name: String, _ read: @escaping Read<Link?>) -> Field {
        Field(name: name, member: .optionalLink { $0.lend(to: read) })
    }

    /// `{{#name}}…{{/name}}` and `{{^name}}…{{/name}}`.
    package static func flag(_ name: String, _ read: @escaping Read<Bool>) -> Field {
        Field(name: name, member: .flag { $0.lend(to: read) })
    }
}

extension Field {
    /// `{{#name}}…{{/name}}` for each element, in order; `{{^name}}…{{/name}}` when there is none.
    package static func list<Element: Templated>(_ name: String, _ read: @escaping Read<[Element]>) -> Field {
        let branch = Member.Branch(visit: { $0.lend(to: read).lendEach(to: $1) }, fields: { Element.fields.table })
        return Field(name: name, member: Member(kind: .list, isThere: { !$0.lend(to: read).isEmpty }, branch: branch))
    }

    /// `{{#name}}{{.}}{{/name}}` for each text, in order; `{{^name}}…{{/name}}` when there is none.
    package static func texts(_ name: String, _ read: @escaping Read<[String]>) -> Field {
        let branch = Member.Branch(visit: { $0.lend(to: read).lendEach(to: $1) }, fields: { .text })
        return Field(name: name, member: Member(kind: .texts, isThere: { !$0.lend(to: read).isEmpty }, branch: branch))
    }

    /// `{{#name}}…{{/name}}` with the fields of the value, `{{^name}}…{{/name}}` without; inside, also `{{name.field}}`.
    package static func optional<Element: Templated>(_ name: String, _ read: @escaping Read<Element?>) -> Field {
        let visit: Member.Visit = { owner, body in
            if let element = owner.lend(to: read) { withUnsafePointer(to: element) { body($0) } }
        }
        let branch = Member.Branch(visit: visit, fields: { Element.fields.table })
        return Field(name: name, member: Member(kind: .optional, isThere: { $0.lend(to: read) != nil }, branch: branch))
    }

    /// `{{#name}}…{{/name}}`, always shown, and everywhere `{{name.field}}`.
    package static func one<Element: Templated>(_ name: String, _ read: @escaping Read<Element>) -> Field {
        let visit: Member.Visit = { owner, body in withUnsafePointer(to: owner.lend(to: read)) { body($0) } }
        let branch = Member.Branch(visit: visit, fields: { Element.fields.table })
        return Field(name: name, member: Member(kind: .one, branch: branch))
    }
}

extension UnsafeRawPointer {
    /// What `read` says of the value that lies here, which must be of its type: see `Member`.
    ///
    /// The value is borrowed: a copy would retain and release every text of a page each time one of its fields is shown.
    fileprivate func lend<Owner, Value>(to read: (Owner) -> Value) -> Value {
        borrow { (owner: borrowing Owner) in read(owner) }
    }

    /// Generic over what cannot be copied, so that the compiler may not copy what can.
    private func borrow<Owner: ~Copyable, Value>(_ read: (borrowing Owner) -> Value) -> Value {
        read(assumingMemoryBound(to: Owner.self).pointee)
    }
}

extension Array {
    /// Calls `body` with the address of each element, in order.
    fileprivate func lendEach(to body: (UnsafeRawPointer) -> Void) {
        withUnsafeBufferPointer { elements in
            guard let first = elements.baseAddress else { return }
            for index in elements.indices { body(first + index) }
        }
    }
}
