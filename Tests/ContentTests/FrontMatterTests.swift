import TestSupport
import Testing

@testable import Content

@Suite("Front matter")
struct FrontMatterTests {
    private func read(_ text: String) throws(ContentFailure) -> FrontMatter {
        try FrontMatter(path: "x.md", text: text)
    }

    private func reason(_ text: String, _ use: (FrontMatter) throws -> Void = { _ in }) -> String? {
        do {
            try use(read(text))
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "Values and text are told apart, whatever the line ends",
        arguments: [
            "---\ntitle: A\norder: 3\n---\n\n# Body\n\n---\nmore\n\n",
            "---\r\ntitle: A\r\norder: 3\r\n---\r\n# Body\r\n\r\n---\r\nmore",
            "\u{FEFF}---\ntitle: A\norder: 3\n---\n# Body\n\n---\nmore\n",
        ])
    func split(text: String) throws {
        let file = try read(text)

        #expect(try file.text("title") == "A" && file.integer("order") == 3)
        #expect(file.body == "# Body\n\n---\nmore")
    }

    @Test(
        "A file without front matter says what it must begin with",
        arguments: ["", "# Title\n", "\n---\na: 1\n---\n", "---\na: 1\n", "--- \na: 1\n---\n"])
    func missing(text: String) {
        #expect(reason(text) == "x.md: must begin with front matter between two lines of ---")
    }

    @Test(
        "Front matter that is no list of keys says so",
        arguments: ["---\n---\n", "---\n- a\n---\n", "---\njust words\n---\n"])
    func noKeys(text: String) {
        #expect(reason(text) == "x.md: the front matter must be a list of key: value")
    }

    @Test("What is no YAML names the line as the file counts it")
    func yaml() throws {
        let message = try #require(reason("---\ntitle: A\nname: [open\norder: 1\n---\nbody"))

        #expect(message.hasPrefix("x.md: the front matter is not YAML: 4:"), "\(message)")
        let twice = try #require(reason("---\ntitle: A\ntitle: B\n---\n"))
        #expect(twice.hasPrefix("x.md: the front matter is not YAML: ") && twice.contains("title"), "\(twice)")
    }

    @Test(
        "Values of another kind name their key and the rule",
        arguments: [
            ("title: 5", "title must be text"), ("title: [a]", "title must be text"), ("title:", "title must be text"),
            ("other: x", "title must be text"), ("title: yes", "title must be text"),
        ])
    func texts(line: String, rule: String) {
        #expect(reason("---\n\(line)\n---\n") { _ = try $0.text("title") } == "x.md: \(rule)")
    }

    @Test(
        "Numbers are whole and not in quotes",
        arguments: ["order: \"1\"", "order: 1.5", "order: one", "order: true", "order:", "other: 1", "order: [1]"])
    func numbers(line: String) {
        #expect(reason("---\n\(line)\n---\n") { _ = try $0.integer("order") } == "x.md: order must be a whole number")
    }

    @Test(
        "A map of numbers names the key inside it",
        arguments: [
            ("limits: 5", "limits must be a list of key: number"),
            ("limits:\n  - 1", "limits must be a list of key: number"),
            ("limits:\n  a: 1\n  b: x", "limits.b must be a whole number"),
            ("x: 1", "limits must be a list of key: number"),
        ])
    func maps(lines: String, rule: String) {
        #expect(reason("---\n\(lines)\n---\n") { _ = try $0.integers("limits") } == "x.md: \(rule)")
    }
}
