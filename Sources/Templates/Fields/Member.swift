/// A field as templates use it, without the type of the value that has it: a field's owner is an address here.
///
/// Bound templates are plain functions over addresses, because functions that stay generic over their owner cost more
/// than what they write: a trend page took 29 µs with them and takes 19 µs with these. An address is only read by the
/// fields of the type that lies there: `Scope` finds a name at the level at which `Step.inside` puts the value of the
/// type that lists it.
struct Member: Sendable {
    typealias Reading<Value> = @Sendable (_ owner: UnsafeRawPointer) -> Value
    /// Calls its body for each value to which it leads, with an address that is good until the body returns.
    typealias Visit = @Sendable (_ owner: UnsafeRawPointer, (UnsafeRawPointer) -> Void) -> Void
    typealias Writer = @Sendable (_ owner: UnsafeRawPointer, inout [UInt8]) -> Void

    let kind: FieldKind
    /// For values: what writes them.
    var write: (@Sendable (Writing) -> Writer)?
    /// For what may be absent, false or empty.
    var isThere: Reading<Bool>?
    /// For what a section goes into.
    var branch: Branch?

    /// What a section goes into: the way to the value inside, and its fields.
    struct Branch: Sendable {
        let visit: Visit
        /// Asked when a template is bound, so that a type may hold a list of itself.
        let fields: @Sendable () -> FieldTable
    }

    /// The same field, seen from where `visit` starts.
    func reached(by visit: @escaping Visit) -> Member {
        var member = Member(kind: kind)
        if let write { member.write = { writing in Writers.reached(by: visit, write(writing)) } }
        if let isThere {
            member.isThere = { owner in
                var answer = false
                visit(owner) { answer = isThere($0) }
                return answer
            }
        }
        if let branch {
            let inner = branch.visit
            member.branch = Branch(visit: { owner, body in visit(owner) { inner($0, body) } }, fields: branch.fields)
        }
        return member
    }
}

extension Member {
    static func text(_ read: @escaping Reading<String>) -> Member {
        Member(kind: .text, write: { Writers.text(read, $0) })
    }

    static func number(_ read: @escaping Reading<Int64>) -> Member {
        Member(kind: .number, write: { _ in { owner, output in output.append(number: read(owner)) } })
    }

    static func html(_ read: @escaping Reading<SafeHTML>) -> Member {
        Member(kind: .html, write: { Writers.html(read, $0) })
    }

    static func link(_ read: @escaping Reading<Link>) -> Member {
        Member(kind: .link, write: { Writers.link(read, $0) })
    }

    static func optionalText(_ read: @escaping Reading<String?>) -> Member {
        Member(kind: .optionalText, write: { Writers.text({ read($0) ?? "" }, $0) }, isThere: { read($0) != nil })
    }

    static func optionalHTML(_ read: @escaping Reading<SafeHTML?>) -> Member {
        Member(
            kind: .optionalHTML, write: { Writers.html({ read($0) ?? SafeHTML(trusted: []) }, $0) },
            isThere: { read($0) != nil })
    }

    static func optionalLink(_ read: @escaping Reading<Link?>) -> Member {
        Member(
            kind: .optionalLink, write: { Writers.link({ read($0) ?? Link(path: "#") }, $0) },
            isThere: { read($0) != nil })
    }

    static func flag(_ read: @escaping Reading<Bool>) -> Member {
        Member(kind: .flag, isThere: read)
    }
}
