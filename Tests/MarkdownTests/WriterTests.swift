import Markdown
import TestSupport
import Testing

/// What each element becomes, where they meet each other.
@Suite("Markdown elements")
struct WriterTests {
    private func html(_ markdown: String) throws -> String { try MarkdownRenderer().render(markdown).html }

    private static let out = "rel=\"nofollow noopener noreferrer\""

    @Test(
        "Blocks",
        arguments: [
            ("", ""), (" \n\t\n", ""), ("a\nb  \nc\\\nd", "<p>a\nb<br>\nc<br>\nd</p>\n"),
            ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("---", "<hr>\n"),
            ("> a\n> > b", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n"),
            ("## Hook\n## Outline", "<h2 id=\"h-hook\">Hook</h2>\n<h2 id=\"h-outline\">Outline</h2>\n"),
            (
                "### A\n###### B\n## C\n#### D\n# E",
                "<h2 id=\"h-a\">A</h2>\n<h3 id=\"h-b\">B</h3>\n<h2 id=\"h-c\">C</h2>\n<h3 id=\"h-d\">D</h3>\n"
                    + "<h2 id=\"h-e\">E</h2>\n"
            ),
            ("Title\n===\nSub\n---", "<h2 id=\"h-title\">Title</h2>\n<h3 id=\"h-sub\">Sub</h3>\n"),
            ("- a\n- b\n\n  c", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n<p>c</p>\n</li>\n</ul>\n"),
            (
                "- a\n  - b\n    1. c",
                "<ul>\n<li>a\n<ul>\n<li>b\n<ol>\n<li>c\n</li>\n</ol>\n</li>\n</ul>\n</li>\n</ul>\n"
            ),
            ("0. zero\n1. one", "<ol start=\"0\">\n<li>zero\n</li>\n<li>one\n</li>\n</ol>\n"),
            ("    indented < code", "<pre><code>indented &lt; code\n</code></pre>\n"),
        ])
    func blocks(markdown: String, expected: String) throws {
        #expect(try html(markdown) == expected)
    }

    @Test(
        "Code keeps its text; of a fence's words only a plain language becomes a class",
        arguments: [
            ("```c++\nx\n```", "<pre><code class=\"language-c++\">x\n</code></pre>\n"),
            ("```\" onload=x\ny\n```", "<pre><code>y\n</code></pre>\n"),
            ("~~~swift\"><script>\nz\n~~~", "<pre><code class=\"language-swift\">z\n</code></pre>\n"),
            ("```\n<script>&amp;\n```", "<pre><code>&lt;script&gt;&amp;amp;\n</code></pre>\n"),
            ("`` a`b <i> ``", "<p><code>a`b &lt;i&gt;</code></p>\n"), ("`[x](y)`", "<p><code>[x](y)</code></p>\n"),
            ("```\nnever closed\n", "<pre><code>never closed\n</code></pre>\n"),
        ])
    func code(markdown: String, expected: String) throws {
        #expect(try html(markdown) == expected)
    }

    @Test(
        "Tables: alignment, short and long rows, markup in cells, no body",
        arguments: [
            ("|a|b|\n|:-:|:-|\n|*1*|", "<tr><th scope=\"col\" class=\"center\">a</th><th scope=\"col\">b</th></tr>"),
            ("|a|b|\n|:-:|:-|\n|*1*|", "<tr><td class=\"center\"><em>1</em></td><td></td></tr>"),
            ("|a|\n|-|\n|1|2|3|", "<tbody>\n<tr><td>1</td></tr>\n</tbody>"), ("|a|\n|-|", "</thead>\n</table></div>\n"),
            ("|a|\n|-|\n|x \\| y|", "<td>x | y</td>"),
        ])
    func tables(markdown: String, part: String) throws {
        let html = try html(markdown)
        #expect(html.contains(part) && HTMLShape.problem(in: html) == nil, "\(html)")
    }

    @Test(
        "Tasks have a label, also where their text is no paragraph",
        arguments: [
            ("- [ ] a\n\n  more", "<label><input type=\"checkbox\" disabled> a</label></p>\n<p>more</p>"),
            ("- [x] ", "<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Task\"></li>"),
            ("1. [x] one", "<input type=\"checkbox\" disabled checked> one</label>"),
            ("- [ ] [x](https://e.example)", "> <a href=\"https://e.example\" \(out)>x</a></label>"),
        ])
    func tasks(markdown: String, part: String) throws {
        let html = try html(markdown)
        #expect(html.contains(part) && HTMLShape.problem(in: html) == nil, "\(html)")
    }

    @Test("Of several references to a note the first is led back to, and an unknown note stays text")
    func footnotes() throws {
        let html = try html("a[^n] b[^n] c[^x]\n\n[^n]: note\n[^unused]: never")

        #expect(html.count(of: "id=\"fnref-1\"") == 1 && html.count(of: "href=\"#fn-1\"") == 2)
        #expect(html.contains("c[^x]") && !html.contains("never"))
        #expect(HTMLShape.problem(in: html) == nil)
    }

    @Test(
        "Links do not stand inside links, pictures become links with their text",
        arguments: [
            (
                "[a https://e.example b](https://f.example)",
                "<a href=\"https://f.example\" \(out)>a https://e.example b</a>"
            ),
            ("![](https://e.example/p.png)", "<a href=\"https://e.example/p.png\" \(out)>https://e.example/p.png</a>"),
            ("![a [b](/c) d](https://e.example/p.png)", "<a href=\"https://e.example/p.png\" \(out)>a b d</a>"),
            ("[![x](javascript:y)](/z)", "<a href=\"/z\">x</a>"), ("[a](/b \"title\")", "<a href=\"/b\">a</a>"),
            ("[text]: /ref\n\n[text]", "<a href=\"/ref\">text</a>"),
            ("<mara@example.com>", "<a href=\"mailto:mara@example.com\" \(out)>mara@example.com</a>"),
            ("www.example.com.", "<a href=\"http://www.example.com\" \(out)>www.example.com</a>."),
        ])
    func links(markdown: String, part: String) throws {
        let html = try html(markdown)
        #expect(html.contains(part) && HTMLShape.problem(in: html) == nil, "\(html)")
    }

    @Test(
        "Characters that browsers or terminals could mistake",
        arguments: [
            ("a & b &amp; c &lt; \"d\" 'e' <", "<p>a &amp; b &amp; c &lt; &quot;d&quot; 'e' &lt;</p>\n"),
            ("&#0; &#x110000; \u{0}", "<p>\u{FFFD} \u{FFFD} \u{FFFD}</p>\n"),
            ("\\<b\\> \\*no\\*", "<p>&lt;b&gt; *no*</p>\n"),
            ("👩‍🚀 שלום e\u{301}", "<p>👩‍🚀 שלום e\u{301}</p>\n"), ("a\rb\r\nc", "<p>a\nb\nc</p>\n"),
        ])
    func characters(markdown: String, expected: String) throws {
        #expect(try html(markdown) == expected)
    }

    @Test("Text between dropped HTML stays", arguments: ["a <b>bold</b> c", "<div>\n\nbold c a\n\n</div>"])
    func rawHTML(markdown: String) throws {
        let html = try html(markdown)
        #expect(["a", "bold", "c"].allSatisfy(html.contains) && !html.contains("<b>") && !html.contains("<div>"))
    }

    @Test(
        "Nesting without end is rendered, balanced, and not by recursion", arguments: ["> ", "- ", "*a ", "[", "1) "])
    func nesting(unit: String) throws {
        let html = try html(String(repeating: unit, count: 20_000) + "end")
        #expect(html.contains("end") && HTMLShape.problem(in: html) == nil)
    }

    @Test("Rendering is a function of the text: twice gives the same bytes")
    func repeatable() throws {
        let text = "# A\n# A\n[^1] |x|\n\n[^1]: b\n\n- [x] c"
        #expect(try MarkdownRenderer().render(text) == MarkdownRenderer().render(text))
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
