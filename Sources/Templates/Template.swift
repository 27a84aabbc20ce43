/// A template bound to the type it shows. Rendering it cannot fail, and may be done from many threads at once.
package struct Template<Page: Templated>: Sendable {
    private let step: Step
    private let depth: Int

    /// `step` was bound in the scope of `Page`, and shows `depth` values at once.
    init(step: Step, depth: Int) {
        (self.step, self.depth) = (step, depth)
    }

    /// Appends the page, as UTF-8, to `output`, which keeps what it has.
    package func render(_ page: Page, into output: inout [UInt8]) {
        withUnsafePointer(to: page) { page in
            withUnsafeTemporaryAllocation(of: UnsafeRawPointer.self, capacity: depth) { levels in
                levels.initialize(repeating: UnsafeRawPointer(page))
                if let levels = levels.baseAddress { step.run(levels, &output) }
            }
        }
    }
}
