import Markdown
import TestSupport
import Testing

@Suite("Markdown")
struct MarkdownTests {
    private func html(_ markdown: String) throws -> String {
        try MarkdownRenderer().render(markdown).html
    }

    @Test(
        "Features of GitHub's Markdown",
        arguments: [
            ("# Hook & co", "<h2 id=\"h-hook-co\">Hook &amp; co</h2>\n"),
            ("###### Six", "<h2 id=\"h-six\">Six</h2>\n"),
            ("~~gone~~ **b** *i* `c<d`", "<p><del>gone</del> <strong>b</strong> <em>i</em> <code>c&lt;d</code></p>\n"),
            (
                "- [x] done\n- [ ] open",
                "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled checked> done</label>\n</li>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> open</label>\n</li>\n</ul>\n"
            ),
            (
                "|a|b|\n|-|-:|\n|1|2|",
                "<div class=\"table\"><table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody>\n</table></div>\n"
            ),
            (
                "see https://example.com/a",
                "<p>see <a href=\"https://example.com/a\" rel=\"nofollow noopener noreferrer\">https://example.com/a</a></p>\n"
            ),
            ("[in](/help/)", "<p><a href=\"/help/\">in</a></p>\n"),
            (
                "![a picture](https://example.com/p.png)",
                "<p><a href=\"https://example.com/p.png\" rel=\"nofollow noopener noreferrer\">a picture</a></p>\n"
            ),
            (
                "[![a](https://e.com/p.png)](https://e.com)",
                "<p><a href=\"https://e.com\" rel=\"nofollow noopener noreferrer\">a</a></p>\n"
            ),
            ("```swift x\na < b\n```", "<pre><code class=\"language-swift\">a &lt; b\n</code></pre>\n"),
            ("3. three", "<ol start=\"3\">\n<li>three\n</li>\n</ol>\n"),
            (
                "a[^n]\n\n[^n]: note",
                "<p>a<sup id=\"fnref-1\"><a href=\"#fn-1\" aria-label=\"Note 1\">1</a></sup></p>\n<section class=\"notes\" aria-label=\"Notes\"><ol>\n<li id=\"fn-1\"><p>note</p>\n<a href=\"#fnref-1\" class=\"back\" aria-label=\"Back to note 1\">↩</a></li>\n</ol></section>\n"
            ),
        ] as [(String, String)])
    func features(markdown: String, expected: String) throws {
        #expect(try html(markdown) == expected)
    }

    @Test(
        "Hostile links stay text",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&#58;alert(1)", "data:text/html,x", "vbscript:x",
            "//evil.example",
            "\\\\evil.example", "java&#9;script:x", "file:///etc/passwd", "&#1;javascript:x",
        ])
    func hostileLinks(address: String) throws {
        #expect(try !html("[x](<\(address)>)").contains("<a "))
    }

    @Test(
        "Raw HTML is dropped",
        arguments: ["<script>x</script>", "a <img src=x onerror=y> b", "<!-- c -->", "<svg/onload=x>", "<a href='x'>"])
    func rawHTML(markdown: String) throws {
        let html = try html(markdown)
        #expect(!html.contains("<s") && !html.contains("onerror") && !html.contains("<a") && !html.contains("<!"))
    }

    @Test("Headings have unique ids")
    func headings() throws {
        let rendered = try MarkdownRenderer().render("# A\n# A\n# A-2\n# !")
        #expect(rendered.headings.map(\.id) == ["h-a", "h-a-2", "h-a-2-2", "h-section"])
    }

    @Test("256 KiB are rendered, one byte more is refused with the limit")
    func size() throws {
        let largest = String(repeating: "a", count: 262_144)
        #expect(try html(largest).count > 262_144)
        let error = #expect(throws: MarkdownFailure.self) { try html(largest + "a") }
        #expect(error?.description.contains("262144") == true)
    }

    static let hostile = [
        "![[]()", "[", "[a](", "*a_", "**x", "> ", "- ", "1. ", "`", "` `` ", "|", "|a\n", "~", "<", "<!--", "<?",
        "[^1]", "www.", "http://",
        "@a.", "&", "\\", "[a]: b\n", "[^a]: b\n\n", "a\n", "#", "\t", "[a](<b", "![", "]]", "_ ", "*", "a**b", "![](",
        "- [ ] ", "\u{0}",
    ]

    @Test("Hostile repetition of up to 256 KiB is rendered", arguments: hostile)
    func repetition(unit: String) throws {
        let text = String(repeating: unit, count: 262_144 / unit.utf8.count)
        #expect(try MarkdownRenderer().render(text).html.utf8.count < 64 << 20)
    }

    @Test("Random Markdown gives only known elements, balanced, without handlers or styles")
    func fuzz() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                (Self.hostile + ["a ", "\n\n", "**", "```\n", "|-|-|\n", "javascript:", "\" onx=", "</p>"])
                    .randomElement(using: &generator) ?? ""
            }.joined()
            let problem = HTMLShape.problem(in: try html(text))
            #expect(problem == nil, "seed \(generator.seed): \(text.debugDescription)")
        }
    }
}

/// A small scanner of what the renderer may write.
enum HTMLShape {
    private static let void: Set<String> = ["br", "hr", "input"]
    private static let elements: Set<String> = [
        "p", "br", "hr", "em", "strong", "del", "code", "pre", "a", "ul", "ol", "li", "blockquote", "table", "thead",
        "tbody", "tr",
        "th", "td", "div", "section", "sup", "label", "input", "h2", "h3", "h4", "h5", "h6",
    ]
    private static let attributes: Set<String> = [
        "href", "rel", "class", "id", "scope", "start", "type", "disabled", "checked", "aria-label",
    ]

    static func problem(in html: String) -> String? {
        var open: [String] = []
        for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = part.firstIndex(of: ">") else { return "unclosed tag \(part)" }
            let tag = part[..<end]
            if tag.hasPrefix("/") {
                guard open.popLast() == String(tag.dropFirst()) else { return "unbalanced \(tag)" }
                continue
            }
            let name = String(tag.prefix { $0 != " " })
            guard elements.contains(name) else { return "element \(name)" }
            if let bad = names(of: tag).first(where: { !attributes.contains($0) }) { return "attribute \(bad)" }
            if !void.contains(name) { open.append(name) }
        }
        return open.isEmpty ? nil : "left open \(open)"
    }

    private static func names(of tag: Substring) -> [String] {
        let outside = tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter {
            $0.offset % 2 == 0
        }
        return outside.flatMap { $0.element.split(separator: " ") }.map { String($0.prefix { $0 != "=" }) }
            .filter { !$0.isEmpty && !elements.contains($0) }
    }
}
