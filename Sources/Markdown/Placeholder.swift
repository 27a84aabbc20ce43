package struct RenderedMarkdown: Sendable { package let html: String }
package struct MarkdownRenderer: Sendable { package init() {}; package func render(_ text: String) throws -> RenderedMarkdown { RenderedMarkdown(html: "<p>" + text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") + "</p>") } }
