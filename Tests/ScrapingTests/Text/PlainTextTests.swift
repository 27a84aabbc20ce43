import Core
import TestSupport
import Testing

@testable import Scraping

@Suite("Strangers' text")
struct PlainTextTests {
    @Test(
        "What misleads goes, what scripts need stays",
        arguments: [
            ("a\u{202E}gnp.exe", "agnp.exe"), ("\u{200B}zero\u{200B} width\u{FEFF}", "zero width"),
            ("\u{0}\u{7}bell\u{1B}[31m", "bell[31m"), ("tab\there", "tab here"),
            ("\u{2066}isolated\u{2069}", "isolated"),
            ("👩‍🚀 👍🏽 🇯🇵", "👩‍🚀 👍🏽 🇯🇵"), ("שלום עולם", "שלום עולם"), ("مرحبا", "مرحبا"), ("नमस्ते", "नमस्ते"),
            ("می‌خواهم", "می‌خواهم"), ("e\u{301}", "é"), ("\u{301}a \u{200D}b", "a b"), ("日本語　全角", "日本語 全角"),
            ("a\r\nb\u{2028}c\u{85}d", "a b cd"),
            ("🏴\u{E0067}\u{E007F}x\u{E0001}", "🏴\u{E0067}\u{E007F}x"), ("\u{FFFE}\u{FFF9}x", "x"),
        ])
    func cleaned(text: String, expected: String) {
        #expect(PlainText.line(text) == expected)
    }

    @Test("Nothing left is nothing", arguments: ["", " \n\t ", "\u{200B}\u{202E}", "\u{0}"])
    func nothing(text: String) {
        #expect(PlainText.line(text) == nil && PlainText.block(text) == nil)
    }

    @Test("Lines of a block stay, their trailing space and empty ends do not")
    func block() {
        #expect(PlainText.block("\n\n  first  \r\n\r\n\r\nsecond\t\n\n") == "first\n\n\nsecond")
    }

    @Test("Length is bounded in characters, and in bytes where one character has no end")
    func bounds() throws {
        #expect(PlainText.line(String(repeating: "é", count: 600))?.count == 500)
        #expect(PlainText.line("abc def", limit: 5) == "abc d")
        let accents = "a" + String(repeating: "\u{301}", count: 100_000)
        let family = String(repeating: "👩\u{200D}", count: 50_000)
        for endless in [accents, family, accents + " end"] {
            let bounded = try #require(PlainText.line(endless))
            #expect(bounded.utf8.count <= 4000)
        }
    }

    @Test(
        "Of HTML the text stays",
        arguments: [
            ("<p>Hi <b>there</b></p>", "Hi there"), ("a<br>b<br/>c", "a\nb\nc"), ("<ul><li>x<li>y</ul>", "x\ny"),
            ("<script>alert('<p>')</script>after", "after"), ("<style>p{}</style>x", "x"),
            ("a<!-- <b>c</b> -->d", "ad"),
            ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"), ("&#x1F600;&#128512;&#233;", "😀😀é"),
            ("&nbsp;&hellip;&unknown;&;&#;&#x;&#xD800;", "…&unknown;&;&#;&#x;&#xD800;"), ("AT&T & co", "AT&T & co"),
            ("<a href=\"https://e.example/?a=1&amp;b=2\" title='x>y'>link</a>", "y'>link"), ("broken <b", "broken"),
            ("<img src=x onerror=alert(1)>", nil), ("&#0;&#8238;x", "x"),
        ] as [(String, String?)])
    func html(html: String, expected: String?) {
        #expect(PlainText.block(PlainText.fromHTML(html)) == expected)
    }

    private static let pieces = [
        "<", ">", "</", "<p>", "<script>", "</script>", "<!--", "-->", "&", "&amp;", "&#", ";", "x", " ", "\n",
        "\u{202E}",
        "\u{200B}", "\u{0}", "👩‍🚀", "e\u{301}", "\u{338}", "שלום", "\u{FEFF}", "&#x202E;", "\u{85}",
    ]

    @Test("Random text never traps; what comes out is clean, bounded, and cleaning it again changes nothing")
    func property() {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        for _ in 0..<1000 {
            let text = (0..<Int.random(in: 0...40, using: &generator)).compactMap { _ in
                Self.pieces.randomElement(using: &generator)
            }.joined()
            let line = PlainText.line(text, limit: 30) ?? ""
            let block = PlainText.block(PlainText.fromHTML(text)) ?? ""
            #expect(line.isEmpty || PlainText.line(line, limit: 30) == line, "seed \(generator.seed)")
            #expect(block.isEmpty || PlainText.block(block) == block, "seed \(generator.seed)")
            #expect(line.count <= 30 && !line.contains("\n"), "seed \(generator.seed)")
            for scalar in (line + block).unicodeScalars {
                let isAllowed = scalar == "\n" || scalar.properties.generalCategory != .control
                #expect(isAllowed && scalar != "\u{202E}" && scalar != "\u{200B}", "seed \(generator.seed)")
            }
        }
    }

    @Test("Hostile repetition of HTML takes time in proportion to its length")
    func repetition() {
        for piece in ["<", "<!--", "<script>", "<p", "&", "&#x", "</", "<b>"] {
            let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
            #expect(PlainText.fromHTML(text).utf8.count <= text.utf8.count)
        }
    }
}
