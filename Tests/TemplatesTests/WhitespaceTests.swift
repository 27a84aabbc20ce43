import Testing

@Suite("White space")
struct WhitespaceTests {
    static let comments: [Example] = [
        Example("within a line", "12345{{! Comment }}67890", "1234567890"),
        Example("of several lines", "12345{{!\n  several\n  lines\n}}67890\n", "1234567890\n"),
        Example("alone on its line", "Begin.\n{{! alone }}\nEnd.\n", "Begin.\nEnd.\n"),
        Example("indented and alone", "Begin.\n  {{! alone }}  \nEnd.\n", "Begin.\nEnd.\n"),
        Example("with CRLF", "|\r\n{{! alone }}\r\n|", "|\r\n|"),
        Example("on the first line", "  {{! first }}\n!", "!"),
        Example("on the last line", "!\n  {{! last }}", "!\n"),
        Example("of several lines, alone", "Begin.\n  {{!\n    text\n  }}\nEnd.\n", "Begin.\nEnd.\n"),
        Example("between text", "  12 {{! 34 }}\n", "  12 \n"),
        Example("holding braces", "a{{! {{ } }}b", "ab"),
    ]

    static let sections: [Example] = [
        Example("within a line", " | {{#isNew}}\t|\t{{/isNew}} | \n", " | \t|\t | \n"),
        Example("inner white space stays", " | {{#isNew}} {{! line }}\n {{/isNew}} | \n", " |  \n  | \n"),
        Example(
            "inline sections keep their lines", " {{#isNew}}YES{{/isNew}}\n {{#isNew}}GOOD{{/isNew}}\n", " YES\n GOOD\n"
        ),
        Example("standalone lines go", "| This\n{{#isNew}}\n| Is\n{{/isNew}}\n| A Line\n", "| This\n| Is\n| A Line\n"),
        Example("indented standalone lines go", "|\n  {{#isNew}}\n| Is\n  {{/isNew}}\n|\n", "|\n| Is\n|\n"),
        Example("with CRLF", "|\r\n{{#isNew}}\r\n{{/isNew}}\r\n|", "|\r\n|"),
        Example("on the first line", "  {{#isNew}}\n#{{/isNew}}\n/", "#\n/"),
        Example("on the last line", "#{{#isNew}}\n/\n  {{/isNew}}", "#\n/\n"),
        Example("inverted lines go", "|\n{{^isOld}}\n| Is\n{{/isOld}}\n|\n", "|\n| Is\n|\n"),
        Example("list items keep their own lines", "{{#cards}}\n- {{title}}\n{{/cards}}\n", "- one\n- two\n"),
        Example("values never stand alone", "|\n  {{title}}\n|\n", "|\n  Trends\n|\n"),
        Example("blank lines stay", "a\n\n  \n{{#isNew}}\nb\n{{/isNew}}\n\nc", "a\n\n  \nb\n\nc"),
    ]

    static let partials: [Example] = [
        Example(
            "sees the fields of its place", "{{#cards}}{{>p}}{{/cards}}", "*one**two*", files: ["p": "*{{title}}*"]),
        Example("contains others", "{{>p}}", "*Trends 42!*", files: ["p": "*{{title}} {{>q}}*", "q": "{{count}}!"]),
        Example("in folders", "{{> partials/p.x }}", "x", files: ["partials/p.x": "x"]),
        Example("within a line", "| {{>p}} |", "| \t|\t |", files: ["p": "\t|\t"]),
        Example("within a line, not indented", "  {{count}}  {{> p}}\n", "  42  >\n>\n", files: ["p": ">\n>"]),
        Example("with CRLF", "|\r\n{{>p}}\r\n|", "|\r\n>|", files: ["p": ">"]),
        Example("on the first line", "  {{>p}}\n>", "  >\n  >>", files: ["p": ">\n>"]),
        Example("on the last line", ">\n  {{>p}}", ">\n  >\n  >", files: ["p": ">\n>"]),
        Example(
            "indented, values are not", "\\\n {{>p}}\n/\n", "\\\n |\n <\n->\n |\n/\n",
            files: ["p": "|\n{{{chart}}}\n|\n"]),
        Example("indentation adds up", " {{>p}}\n", " a\n   b\n   c\n", files: ["p": "a\n  {{>q}}\n", "q": "b\nc\n"]),
        Example(
            "sections in it stay standalone", "  {{>p}}\n", "  a\n  b\n", files: ["p": "{{#isNew}}\na\n{{/isNew}}\nb\n"]
        ),
        Example("empty lines are not indented", "  {{>p}}\n", "  a\n\n  b\n", files: ["p": "a\n\nb\n"]),
    ]

    @Test("a comment shows nothing and takes its line with it", arguments: comments)
    func dropsComments(_ example: Example) throws {
        #expect(try shown(example.template) == example.expected)
    }

    @Test("a line with nothing but a section tag disappears", arguments: sections)
    func dropsSectionLines(_ example: Example) throws {
        #expect(try shown(example.template) == example.expected)
    }

    @Test("a partial alone on its line is indented like its tag", arguments: partials)
    func indentsPartials(_ example: Example) throws {
        var page = Sample()
        page.chart = .init(trusted: "<\n->")
        #expect(try shown(example.template, of: page, with: example.files) == example.expected)
    }
}
