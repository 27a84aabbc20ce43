import Testing

@testable import Markdown

/// What the guard leaves alone, and what it must not take for something harmless.
@Suite("Markdown guard")
struct GuardTests {
    private func guarded(_ text: String) -> String {
        String(decoding: MarkdownGuard.guarded(Array(text.utf8)), as: UTF8.self)
    }

    private static let brackets = String(repeating: "![[]()", count: 400) + "\n"

    @Test("Ordinary long texts pass unchanged")
    func ordinary() {
        let paragraphs = (0..<900).map { "Take \($0): **why** it [worked](https://example.com/\($0)) and `how`." }
        #expect(guarded(paragraphs.joined(separator: "\n\n")) == paragraphs.joined(separator: "\n\n"))
        let rows = (0..<1500).map { "| [post \($0)](https://example.com/\($0)) | **\($0)** views |\n" }.joined()
        let table = "| Post | Views |\n| :--- | ---: |\n" + rows
        #expect(guarded(table) == table)
        let code = "```json\n" + String(repeating: "[[1, 2], [3, 4]],\n", count: 4000) + "```\nafter\n"
        #expect(guarded(code) == code)
    }

    @Test("A list of many links only gets empty lines, between items")
    func list() {
        let items = (0..<900).map { "- [post \($0)](https://example.com/\($0))" }
        let lines = guarded(items.joined(separator: "\n")).split(separator: "\n").map(String.init)
        #expect(lines == items)
    }

    @Test("Line ends and the byte order mark become plain")
    func lineEnds() {
        #expect(guarded("\u{FEFF}a\r\nb\rc\n\r\nd") == "a\nb\nc\n\nd")
    }

    static let disguises = [
        // Not headings, list items or fences to the parser, though they look like it.
        "a\n#!", "a\n2. ", "a\n    - ", "a\n    ```\n", "a\n1.", "- a\n      - b",
        // Fences that are over before they look it, or never were any.
        "- a\n  ```\n", " ```\n```\n", "<!--\n```\n-->\n", "<div>\n```\n\n", "```\r\u{20}x\r```\r",
        "\u{FEFF}```\n```\n",
        "``` `\n", "~~~~\n~~~\n~~~~\n", "> ```\n",
        // Tables that are over, or never were any.
        "|a|\n|-|-|\n", "|a\\||\n|-|-|\n", "|a|\n|-|\n|\n", "a\n|a|\n| |\n", "<!--\n\n|a|\n|-|\n| -->\n",
    ]

    @Test("Brackets behind what only looks like another block are bounded", arguments: disguises)
    func disguise(beginning: String) {
        let text = beginning + String(repeating: "|" + Self.brackets, count: 12)
        let sections = guarded(text).split(separator: "\n\n")
        let most = sections.map { section in
            section.replacing("\\[", with: "").replacing("\\]", with: "").count { $0 == "[" || $0 == "]" }
        }.max()
        #expect(most ?? 0 <= MarkdownGuard.brackets)
    }

    @Test("A table with too many cells ends, and what follows is counted again")
    func endlessTable() {
        let text = "|a|\n|-|\n" + String(repeating: "|a|a|\n|-|\n", count: 20_000)
        let sections = guarded(text).split(separator: "\n\n")
        #expect(sections.count > 20)
        #expect(sections.dropFirst().allSatisfy { $0.count(where: { $0 == "-" }) <= MarkdownGuard.rules })
    }

    @Test("After so many lines of tables none begins, and every word stays")
    func manyTables() throws {
        let text = String(repeating: "|a|\n|-|\n|b|\n\n", count: 8000) + "|last words|\n|-|\n"
        let html = try MarkdownRenderer().render(text).html
        #expect(html.count { $0 == "|" } > 0)
        #expect(html.ranges(of: "<table>").count < MarkdownGuard.tableLines / 3 + 1)
        #expect(html.contains("|last words|"))
    }

    @Test("Web addresses in one word, markers on one line and declarations are bounded, and every word stays")
    func others() throws {
        for unit in ["*a_www.x", "a://", "1. ", "- ", "> ", "<!", "<?x"] {
            let text = String(repeating: unit, count: 500)
            #expect(guarded(text) != text)
        }
        let html = try MarkdownRenderer().render(String(repeating: "1. ", count: 100) + "last words").html
        #expect(html.contains("last words") || html.contains("last\u{A0}words"))
    }
}
