/// Text that is HTML already and safe to show as it is.
///
/// Only our own renderers make it (Markdown, charts, icons), never a value from outside; templates show it with
/// `{{{name}}}`, between elements and nowhere else.
package struct SafeHTML: Sendable, Equatable {
    package let bytes: [UInt8]

    /// Takes over HTML whose every part the caller has escaped or written itself.
    package init(trusted html: String) {
        bytes = Array(html.utf8)
    }

    /// The same for bytes, which must be UTF-8.
    package init(trusted html: [UInt8]) {
        bytes = html
    }
}
