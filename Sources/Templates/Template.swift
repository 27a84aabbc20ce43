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

    /// The page as a value that other pages show, without the line end of its file. `usualBytes` is how long it mostly is.
    package func html(of page: Page, usualBytes: Int = 0) -> SafeHTML {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(usualBytes)
        render(page, into: &bytes)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return SafeHTML(trusted: bytes)
    }
}
