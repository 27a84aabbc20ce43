/// A part of a bound template: appends what it shows to the output.
struct Step: Sendable {
    /// Where the values lie that are shown at this moment: the page, then the value of each section around.
    typealias Levels = UnsafeMutablePointer<UnsafeRawPointer>

    let run: @Sendable (Levels, inout [UInt8]) -> Void

    static func literal(_ bytes: [UInt8]) -> Step {
        Step { _, output in bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) } }
    }

    /// A value of the one at `level`.
    static func value(at level: Int, _ write: @escaping Member.Writer) -> Step {
        Step { levels, output in write(levels[level], &output) }
    }

    /// The steps of a section, for each value to which `visit` leads from the one at `level`; it is `inner` for them.
    ///
    /// The address of a value is good until `body` returns, and no step keeps it.
    static func inside(_ visit: @escaping Member.Visit, from level: Int, to inner: Int, _ body: Step) -> Step {
        let run = body.run
        return Step { levels, output in
            visit(levels[level]) { value in
                levels[inner] = value
                run(levels, &output)
            }
        }
    }

    /// The same step after literal text.
    func after(_ bytes: [UInt8]) -> Step {
        if bytes.isEmpty { return self }
        let run = run
        return Step { levels, output in
            bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) }
            run(levels, &output)
        }
    }

    /// The same step, done only where the answer of the value at `level` is `expected`.
    func when(_ expected: Bool, at level: Int, _ isThere: @escaping Member.Reading<Bool>) -> Step {
        let run = run
        return Step { levels, output in
            if isThere(levels[level]) == expected { run(levels, &output) }
        }
    }

    /// The steps in order, as a tree of closures that call each other: no array is walked while rendering.
    static func sequence(_ steps: ArraySlice<Step>) -> Step {
        guard let first = steps.first?.run, let last = steps.last?.run else { return Step { _, _ in } }
        switch steps.count {
        case 1: return Step(run: first)
        case 2:
            return Step { levels, output in
                first(levels, &output)
                last(levels, &output)
            }
        case 3:
            let second = steps[steps.startIndex + 1].run
            return Step { levels, output in
                first(levels, &output)
                second(levels, &output)
                last(levels, &output)
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
