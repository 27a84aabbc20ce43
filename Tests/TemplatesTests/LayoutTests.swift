import Testing

@Suite("Layout")
struct LayoutTests {
    static let layouts: [Example] = [
        Example("a block outside any layout", "{{$a}}default {{title}}{{/a}}", "default Trends"),
        Example("the default", "{{<l}}{{/l}}", "default", files: ["l": "{{$a}}default{{/a}}"]),
        Example("a block replaced", "{{<l}}{{$a}}mine{{/a}}{{/l}}", "..mine..", files: ["l": "..{{$a}}x{{/a}}.."]),
        Example("one of two", "{{<l}}{{$b}}mine{{/b}}{{/l}}", "a, mine", files: ["l": "{{$a}}a{{/a}}, {{$b}}b{{/b}}"]),
        Example("a block shown twice", "{{<l}}{{$a}}T{{/a}}{{/l}}", "T|T", files: ["l": "{{$a}}{{/a}}|{{$a}}{{/a}}"]),
        Example(
            "the same layout twice", "{{<l}}{{$a}}1{{/a}}{{/l}} {{<l}}{{$a}}2{{/a}}{{/l}} {{>l}}", "[1] [2] [x]",
            files: ["l": "[{{$a}}x{{/a}}]"]),
        Example(
            "fields of the place where it lands", "{{<l}}{{$a}}{{title}},{{/a}}{{/l}}", "one,two,",
            files: ["l": "{{#cards}}{{$a}}{{/a}}{{/cards}}"]),
        Example(
            "layout of a layout", "{{<l}}{{$a}}mine{{/a}}{{/l}}", "<b>(mine)</b>",
            files: ["l": "{{<m}}{{$body}}({{$a}}x{{/a}}){{/body}}{{/m}}", "m": "<b>{{$body}}{{/body}}</b>"]),
        Example(
            "the outermost wins", "{{<l}}{{$a}}c{{/a}}{{/l}}", "c",
            files: ["l": "{{<m}}{{$a}}p{{/a}}{{/m}}", "m": "{{<n}}{{$a}}o{{/a}}{{/n}}", "n": "{{$a}}g{{/a}}"]),
        Example(
            "the middle one, if the outermost says nothing", "{{<l}}{{/l}}", "p",
            files: ["l": "{{<m}}{{$a}}p{{/a}}{{/m}}", "m": "{{<n}}{{$a}}o{{/a}}{{/n}}", "n": "{{$a}}g{{/a}}"]),
        Example(
            "a layout within its own block", "{{<l}}{{$a}}1{{<l}}{{$a}}2{{/a}}{{/l}}{{/a}}{{/l}}", "[1[2]]",
            files: ["l": "[{{$a}}{{/a}}]"]),
        Example(
            "a block inside a block", "{{<l}}{{$b}}mine{{/b}}{{/l}}", "a mine",
            files: ["l": "{{$a}}a {{$b}}b{{/b}}{{/a}}"]),
        Example(
            "a block of a partial in the layout", "{{<l}}{{$t}}mine{{/t}}{{/l}}", "mine!",
            files: ["l": "{{>head}}!", "head": "{{$t}}x{{/t}}"]),
        Example(
            "comments and line ends between blocks", "{{<l}}\n{{! c }}\n{{$a}}1{{/a}}\n\n{{$b}}2{{/b}}\n{{/l}}\n", "12",
            files: ["l": "{{$a}}{{/a}}{{$b}}{{/b}}"]),
    ]

    static let lines: [Example] = [
        Example(
            "a page as it is usually written", "{{<l}}\n{{$main}}\n<h1>{{title}}</h1>\n{{/main}}\n{{/l}}\n",
            "<main>\n<h1>Trends</h1>\n</main>\n", files: ["l": "<main>\n{{$main}}\n{{/main}}\n</main>\n"]),
        Example("alone on its line", "Hi,\n  {{<l}}{{/l}}\n", "Hi,\n  one\n  two\n", files: ["l": "one\ntwo\n"]),
        Example(
            "two opening tags on a line", "{{<l}}{{$a}}\npeaked\n\n:(\n{{/a}}{{/l}}", "peaked\n\n:(\n",
            files: ["l": "{{$a}}peaking{{/a}}"]),
        Example(
            "indented like the block's place", "{{<l}}{{$a}}\none\ntwo{{/a}}\n{{/l}}\n", "Hi,\n  one\n  two\n",
            files: ["l": "Hi,\n  {{$a}}{{/a}}\n"]),
        Example(
            "not indented twice", "{{<l}}{{$a}}\n    one\n    two\n{{/a}}{{/l}}\n", "Hi,\n  one\n  two\n",
            files: ["l": "Hi,\n  {{$a}}\n  {{/a}}\n"]),
        Example(
            "indented like the default", "{{<l}}{{$a}}\none\ntwo\n{{/a}}{{/l}}\n", "Hi,\n  one\n  two\n",
            files: ["l": "Hi,\n{{$a}}\n  default\n{{/a}}\n"]),
        Example(
            "relative to the block around it", "{{<l}}{{$n}}\nthree\n{{/n}}{{/l}}\n", "one\n  three\n",
            files: [
                "l": "{{<m}}{{$b}}\n  one\n  {{$n}}\n    two\n  {{/n}}\n{{/b}}{{/m}}\n", "m": "{{$b}}default{{/b}}",
            ]),
    ]

    @Test("a layout shows the blocks it is given, and its own where it is given none", arguments: layouts)
    func fillsLayouts(_ example: Example) throws {
        #expect(try shown(example.template, with: example.files) == example.expected)
    }

    @Test("blocks move to the indentation of the place where they land", arguments: lines)
    func indentsBlocks(_ example: Example) throws {
        #expect(try shown(example.template, with: example.files) == example.expected)
    }
}
