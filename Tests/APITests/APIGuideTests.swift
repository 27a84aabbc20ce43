import Core
import Markdown
import TestSupport
import Testing

@testable import API

@Suite("The API's help page")
struct APIGuideTests {
    private func guide() async throws -> (page: ContentPage, endpoints: [Endpoint]) {
        let server = try await Harness().server
        return (try server.guide(), server.endpoints())
    }

    @Test("has a heading of its own for every route, to link to, with what it takes, who may and how it fails")
    func routes() async throws {
        let (page, endpoints) = try await guide()
        let rendered = try MarkdownRenderer().render(page.bodyMarkdown)
        let headings = rendered.headings.filter { $0.level == 3 }.map(\.text)
        #expect(headings.sorted() == endpoints.map { "\($0.method.rawValue) \($0.path)" }.sorted())
        #expect(Set(rendered.headings.map(\.id)).count == rendered.headings.count)
        for part in ["trends:write", "Signed-in browser.", "<code>USAGE_EXCEEDED</code>", "100 requests a minute"] {
            #expect(rendered.html.contains(part), "\(part)")
        }
        #expect(page.route == .help(slug: "api"))
    }

    @Test("says what is where, in words")
    func words() async throws {
        let text = try await guide().page.bodyMarkdown
        for line in [
            "- `keywords` in the body – list, at most 100 entries of text, 1 to 100 characters, optional: Any of",
            "- `state` in the body – one of `new`, `seen`, `saved`, `hidden`: What you did with it.",
            "- `page` in the query – whole number, 1 to 1,000,000, optional: Which page",
            "- `name` in the body – text, at most 100 characters or null, optional",
            "POST /api/tokens\n{\"name\":\"backup script\"",
        ] { #expect(text.contains(line), "\(line)") }
    }

    @Test("stays a page that a telephone loads: at most 160 kB")
    func size() async throws {
        let rendered = try MarkdownRenderer().render(try await guide().page.bodyMarkdown)
        #expect(rendered.bytes.count < 160_000, "\(rendered.bytes.count)")
    }
}
