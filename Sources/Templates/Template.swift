/// A template bound to the type it shows. Rendering it cannot fail, and may be done from many threads at once.
package struct Template<Page: Templated>: Sendable {
    private let step: Step<Page>

    init(step: Step<Page>) {
        self.step = step
    }

    /// Appends the page, as UTF-8, to `output`, which keeps what it has.
    package func render(_ page: Page, into output: inout [UInt8]) {
        step.run(page, &output)
    }
}
