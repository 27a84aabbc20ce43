/// A field as a step can use it from `Context`: directly, or reached through sections and groups.
struct Member<Context: SendableMetatype>: Sendable {
    typealias Write = @Sendable (Writing) -> Step<Context>

    let kind: FieldKind
    /// For values: the step that writes it.
    var write: Write?
    /// For what may be absent, false or empty.
    var isThere: Test<Context>?
    /// For what a section goes into.
    var branch: (any Branching<Context>)?

    /// The same field, seen from where `visit` starts.
    func reached<Start: SendableMetatype>(by visit: Visit<Start, Context>) -> Member<Start> {
        var member = Member<Start>(kind: kind)
        if let write { member.write = { write($0).reached(by: visit) } }
        member.isThere = isThere?.reached(by: visit)
        member.branch = branch?.reached(by: visit)
        return member
    }
}

/// A question to a context: is the flag set, is the optional there, has the list an element.
struct Test<Context: ~Copyable & SendableMetatype>: Sendable {
    let run: @Sendable (borrowing Context) -> Bool

    /// The same question, asked of the value to which `visit` leads; false where it leads to none.
    func reached<Start: ~Copyable & SendableMetatype>(by visit: Visit<Start, Context>) -> Test<Start> {
        let run = run
        return Test<Start> { start in
            var answer = false
            visit.run(start) { answer = run($0) }
            return answer
        }
    }
}
