import Templates
import Testing

/// A template, the files beside it, and what it must show of the sample.
struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let template: String
    let expected: String
    var files: [String: String] = [:]

    init(_ name: String, _ template: String, _ expected: String, files: [String: String] = [:]) {
        (self.name, self.template, self.expected, self.files) = (name, template, expected, files)
    }

    var testDescription: String { name }
}

@Suite("Syntax")
struct SyntaxTests {
    static let values: [Example] = [
        Example("no tags", "Hello from {Mustache}! } }} {", "Hello from {Mustache}! } }} {"),
        Example("text", "Hello, {{title}}!", "Hello, Trends!"),
        Example("number", "{{count}} of {{views}}", "42 of -9007199254740993"),
        Example("HTML", "<p>{{{chart}}}</p>", "<p><svg></svg></p>"),
        Example("HTML by ampersand", "<p>{{&chart}}{{& chart }}</p>", "<p><svg></svg><svg></svg></p>"),
        Example("link as text", "{{address}}", "/trends/1/"),
        Example("white space in the tag", "|{{ title }}|{{\n\ttitle }}|{{{ chart }}}|", "|Trends|Trends|<svg></svg>|"),
        Example("white space around the tag", "| {{title}} |\n  {{title}}\n", "| Trends |\n  Trends\n"),
        Example("dotted names", "{{frame.user}} {{frame.inner.label}}", "Ann 8.2x"),
        Example("a byte order mark is dropped", "\u{FEFF}{{title}}", "Trends"),
        Example("text beyond ASCII", "«{{title}}» 🙂", "«Trends» 🙂"),
    ]

    static let sections: [Example] = [
        Example("flag that is set", "{{#isNew}}new{{/isNew}}{{^isNew}}old{{/isNew}}", "new"),
        Example("flag that is not", "{{#isOld}}new{{/isOld}}{{^isOld}}old{{/isOld}}", "old"),
        Example("list", "{{#cards}}{{title}};{{/cards}}{{^cards}}none{{/cards}}", "one;two;"),
        Example("empty list", "{{#empty}}{{title}};{{/empty}}{{^empty}}none{{/empty}}", "none"),
        Example("texts", "{{#tags}}({{.}}){{/tags}}{{^tags}}none{{/tags}}", "(red)(green)"),
        Example("list in a list", "{{#cards}}{{title}}:{{#tags}}{{.}},{{/tags}} {{/cards}}", "one:a,b, two: "),
        Example(
            "names of the enclosing values", "{{#cards}}{{#tags}}{{title}}{{.}}{{count}} {{/tags}}{{/cards}}",
            "onea42 oneb42 "),
        Example(
            "a list of the page inside an element", "{{#cards}}{{#empty}}{{/empty}}{{frame.user}} {{/cards}}",
            "Ann Ann "),
        Example(
            "a group", "{{#frame}}{{user}} {{title}} {{inner.label}}{{#inner}} {{label}}{{/inner}}{{/frame}}",
            "Ann Trends 8.2x 8.2x"),
        Example("absent optional", "{{#score}}{{label}}{{/score}}{{^score}}no score{{/score}}", "no score"),
        Example("absent text", "{{#author}}by {{author}}{{/author}}{{^author}}unknown{{/author}}", "unknown"),
        Example("absent link", "{{#source}}<a href=\"{{.}}\">x</a>{{/source}}{{^source}}none{{/source}}", "none"),
        Example("absent HTML", "{{#note}}{{{.}}}{{/note}}{{^note}}none{{/note}}", "none"),
        Example("sections side by side", "{{#isNew}}a{{/isNew}} b {{#isNew}}c{{/isNew}}", "a b c"),
        Example("the same section twice, one in the other", "{{#isNew}}{{#isNew}}a{{/isNew}}{{/isNew}}", "a"),
        Example(
            "a dotted section", "{{#frame.inner}}{{label}}{{/frame.inner}}{{^frame.theme}}!{{/frame.theme}}", "8.2x!"),
        Example("white space in the tag", "{{# isNew }}={{/\tisNew\n}}", "="),
        Example(
            "a type inside itself", "{{#cards}}{{#replies}}{{#replies}}{{title}}{{/replies}}{{/replies}}.{{/cards}}",
            ".."),
    ]

    @Test("a value tag shows its field", arguments: values)
    func showsValues(_ example: Example) throws {
        #expect(try shown(example.template) == example.expected)
    }

    @Test("a section shows its body for what is there, and the inverted one for what is not", arguments: sections)
    func showsSections(_ example: Example) throws {
        #expect(try shown(example.template) == example.expected)
    }

    @Test("what may be absent is shown inside its section, by its name or by a dot")
    func showsOptionals() throws {
        var page = Sample()
        (page.author, page.source) = ("Bo & Co", Link("https://example.org/?a=1&b=2"))
        (page.note, page.score) = (SafeHTML(trusted: "<b>n</b>"), Sample.Score(label: "2x", why: "because"))

        let texts = try shown("{{#author}}{{author}}, {{.}}{{/author}}{{#note}}{{{note}}}{{{.}}}{{/note}}", of: page)
        let link = try shown("{{#source}}<a href=\"{{source}}\">{{.}}</a>{{/source}}", of: page)
        let score = try shown("{{#score}}{{label}} {{score.label}}{{#why}} {{.}} {{label}}{{/why}}{{/score}}", of: page)

        #expect(texts == "Bo &amp; Co, Bo &amp; Co<b>n</b><b>n</b>")
        #expect(link == "<a href=\"https://example.org/?a=1&amp;b=2\">https://example.org/?a=1&amp;b=2</a>")
        #expect(score == "2x 2x because 2x")
    }

    @Test("a dot is the innermost text, also inside a flag's section")
    func dotSurvivesFlags() throws {
        #expect(try shown("{{#tags}}{{#isNew}}{{.}};{{/isNew}}{{/tags}}") == "red;green;")
    }

    @Test("numbers are written in plain digits", arguments: [0, 7, 10, 1_234_567, -1, Int64.max, Int64.min])
    func writesNumbers(_ number: Int64) throws {
        var page = Sample()
        page.views = number
        #expect(try shown("{{views}}", of: page) == String(number))
    }

    @Test("many tags keep their order", arguments: 0...30)
    func keepsOrder(_ count: Int) throws {
        let template = (0..<count).map { "{{#isNew}}\($0){{/isNew}}{{count}};" }.joined()
        #expect(try shown(template) == (0..<count).map { "\($0)42;" }.joined())
    }

    @Test("sections nest, and each sees its own element")
    func nestsSections() throws {
        var page = Sample()
        let leaf = Sample.Card(title: "leaf", tags: ["x", "y"])
        let branch = Sample.Card(title: "branch", tags: [], author: "Bo", replies: [leaf, leaf])
        page.cards = [Sample.Card(title: "root", tags: ["t"], replies: [branch])]
        let template = """
            {{#cards}}{{title}}({{#replies}}{{title}} by {{#author}}{{.}}{{/author}}[{{#replies}}{{title}}:\
            {{#tags}}{{.}}{{title}}{{count}},{{/tags}} {{/replies}}]{{/replies}}){{/cards}}
            """

        #expect(try shown(template, of: page) == "root(branch by Bo[leaf:xleaf42,yleaf42, leaf:xleaf42,yleaf42, ])")
    }

    @Test("rendering keeps what the output holds already")
    func appends() throws {
        let library = try TemplateLibrary(files: ["page": Array("{{title}}".utf8)])
        var output = Array("before ".utf8)
        try library.bind("page", to: Sample.self).render(Sample(), into: &output)
        #expect(output == Array("before Trends".utf8))
    }
}
