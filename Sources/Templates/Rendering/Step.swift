/// A part of a bound template: appends what it shows of `Context` to the output.
///
/// `Context` is written `~Copyable` so that the compiler may not copy it on the way to a field: in code that is generic
/// over it, a copy would retain and release every text of a page at every step.
struct Step<Context: ~Copyable & SendableMetatype>: Sendable {
    let run: @Sendable (borrowing Context, inout [UInt8]) -> Void

    static func literal(_ bytes: [UInt8]) -> Step {
        Step { _, output in bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) } }
    }

    /// The same step after literal text.
    func after(_ bytes: [UInt8]) -> Step {
        if bytes.isEmpty { return self }
        let run = run
        return Step { context, output in
            bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) }
            run(context, &output)
        }
    }

    /// The same step, done for each value to which `visit` leads.
    func reached<Start: ~Copyable & SendableMetatype>(by visit: Visit<Start, Context>) -> Step<Start> {
        let run = run
        return Step<Start> { start, output in visit.run(start) { run($0, &output) } }
    }

    /// The same step, done only where the test's answer is `expected`.
    func when(_ expected: Bool, _ test: Test<Context>) -> Step {
        let (run, test) = (run, test.run)
        return Step { context, output in
            if test(context) == expected { run(context, &output) }
        }
    }

    /// The steps in order, as a tree of closures that call each other: no array is walked while rendering.
    static func sequence(_ steps: ArraySlice<Step>) -> Step {
        guard let first = steps.first?.run, let last = steps.last?.run else { return Step { _, _ in } }
        switch steps.count {
        case 1: return Step(run: first)
        case 2:
            return Step { context, output in
                first(context, &output)
                last(context, &output)
            }
        case 3:
            let second = steps[steps.startIndex + 1].run
            return Step { context, output in
                first(context, &output)
                second(context, &output)
                last(context, &output)
            }
        default:
            let third = (steps.count + 2) / 3
            let rest = steps.dropFirst(third)
            return sequence([
                sequence(steps.prefix(third)), sequence(rest.prefix(third)), sequence(rest.dropFirst(third)),
            ])
        }
    }
}
