import CMarkGFM

/// Markdown that is not rendered: which rule it breaks.
package enum MarkdownFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case tooLarge(bytes: Int)
    case outOfMemory

    package var description: String {
        switch self {
        case .tooLarge(let bytes):
            "the text is \(bytes) bytes long; at most \(MarkdownRenderer.largestInput) (256 KiB) are rendered"
        case .outOfMemory: "there was no memory to render the text"
        }
    }
}

/// A heading of a rendered text.
package struct MarkdownHeading: Sendable, Equatable {
    /// 2–6: the page's own heading is level 1.
    package let level: Int
    /// Unique in the text, begins with `h-`.
    package let id: String
    package let text: String
}

package struct RenderedMarkdown: Sendable, Equatable {
    /// Safe HTML as UTF-8: made only of elements and attributes that the renderer writes itself.
    package let bytes: [UInt8]
    package let headings: [MarkdownHeading]

    package var html: String { String(decoding: bytes, as: UTF8.self) }
}

/// GitHub's Markdown (tables, strikethrough, autolinks, task lists, footnotes) as safe HTML.
///
/// Raw HTML is dropped; links lead to http, https, mailto and relative addresses only, others stay as their text; pictures
/// become links. Every input of at most 256 KiB is rendered in bounded time and memory: markup beyond the limits of
/// `MarkdownGuard` stays visible as the text that it is.
package struct MarkdownRenderer: Sendable {
    package static let largestInput = 256 << 10

    package init() {
        cmark_gfm_core_extensions_ensure_registered()
    }

    package func render(_ markdown: String) throws(MarkdownFailure) -> RenderedMarkdown {
        let count = markdown.utf8.count
        guard count <= MarkdownRenderer.largestInput else { throw .tooLarge(bytes: count) }
        let guarded = MarkdownGuard.guarded(Array(markdown.utf8))
        let options = CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8
        guard let parser = cmark_parser_new(options) else { throw .outOfMemory }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "autolink", "tasklist"] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        guarded.withUnsafeBytes { bytes in
            cmark_parser_feed(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard let document = cmark_parser_finish(parser) else { throw .outOfMemory }
        defer { cmark_node_free(document) }
        var writer = HTMLWriter(reserving: count * 2)
        writer.write(document)
        return RenderedMarkdown(bytes: writer.bytes, headings: writer.headings)
    }
}
