/// Turns people's Markdown into HTML.
package protocol MarkdownRendering: Sendable {
    /// Safe HTML, the same that pages show; takes some milliseconds of its thread for a long text.
    func html(ofMarkdown text: String) throws -> String
}
