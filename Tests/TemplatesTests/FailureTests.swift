import Templates
import Testing

/// A template that is refused, and what is said against it.
struct Refused: Sendable, CustomTestStringConvertible {
    let template: String
    let says: String
    var files: [String: String] = [:]

    init(_ template: String, _ says: String, files: [String: String] = [:]) {
        (self.template, self.says, self.files) = (template, says, files)
    }

    var testDescription: String { says }
}

@Suite("Template failure")
struct FailureTests {
    private static let all =
        "Sample has: title, count, views, author, chart, note, address, source, isNew, isOld, frame, score, cards, empty, tags"

    static let spelling: [Refused] = [
        Refused("a\n{{title", "Templates/page.mustache:2: a tag begins here and is not closed with }}"),
        Refused("{{{title}}", "Templates/page.mustache:1: a tag begins here and is not closed with }}}"),
        Refused("{{=<% %>=}}", "Templates/page.mustache:1: other delimiters cannot be set: tags are always {{…}}"),
        Refused("{{}}", "Templates/page.mustache:1: {{}} has no name"),
        Refused("{{# }}", "Templates/page.mustache:1: {{#}} has no name"),
        Refused("{{> *name}}", "Templates/page.mustache:1: {{>*name}}: names of templates cannot come from the data"),
        Refused(
            "{{<*name}}{{/*name}}",
            "Templates/page.mustache:1: {{<*name}}: names of templates cannot come from the data"),
        Refused(
            "{{>../secret}}",
            "Templates/page.mustache:1: '../secret' cannot name a template: write its path below the folder, such as "
                + "partials/card"),
        Refused(
            "{{a b}}",
            "Templates/page.mustache:1: 'a b' is not a name: letters, digits, _ and - , the first a letter, joined by dots"
        ),
        Refused(
            "{{title\n{{count}}",
            "Templates/page.mustache:1: 'title\n{{count' is not a name: letters, digits, _ and - , the first a letter, "
                + "joined by dots"),
        Refused(
            "{{a..b}}",
            "Templates/page.mustache:1: 'a..b' is not a name: letters, digits, _ and - , the first a letter, joined by "
                + "dots"),
    ]

    static let structure: [Refused] = [
        Refused("\n{{#cards}}\n{{title}}", "Templates/page.mustache:2: {{#cards}} is never closed"),
        Refused("{{#a}}{{/a}}{{/b}}", "Templates/page.mustache:1: {{/b}} closes nothing: no tag is open"),
        Refused(
            "{{#a}}\n{{^b}}\n{{/a}}",
            "Templates/page.mustache:3: {{/a}} does not close {{^b}} of line 2, which is open"),
        Refused(
            "{{>card}}", "Templates/page.mustache:1: there is no template 'card'; there are: layout, page",
            files: ["layout": ""]),
        Refused("{{<l}}{{/l}}", "Templates/page.mustache:1: there is no template 'l'; there are: page"),
        Refused("{{>page}}", "Templates/page.mustache:1: a template cannot contain itself: page → page"),
        Refused(
            "{{>page}}",
            "Templates/b.mustache:2: a template cannot contain itself: a → b → a (used by Templates/a.mustache:1)",
            files: ["a": "{{>b}}", "b": "\n{{<a}}{{/a}}"]),
        Refused(
            "\n{{<l}}{{$main}}{{/main}}\n{{$tilte}}{{/tilte}}{{/l}}",
            "Templates/page.mustache:3: {{$tilte}} is unknown; l has these blocks: main, title",
            files: ["l": "{{$title}}{{/title}}{{>p}}", "p": "{{$main}}{{/main}}"]),
        Refused(
            "{{<l}}{{$a}}{{/a}}{{/l}}", "Templates/page.mustache:1: {{$a}} is unknown; l has no blocks",
            files: ["l": ""]),
        Refused(
            "{{<l}}{{$a}}{{/a}}{{$a}}{{/a}}{{/l}}", "Templates/page.mustache:1: {{$a}} is given twice",
            files: ["l": "{{$a}}{{/a}}"]),
        Refused(
            "{{<l}}\n\nlost{{/l}}",
            "Templates/page.mustache:3: this would never be shown: only blocks, {{$name}}…{{/name}}, may stand inside "
                + "{{<l}}", files: ["l": ""]),
        Refused(
            "{{<l}}{{title}}{{/l}}",
            "Templates/page.mustache:1: this would never be shown: only blocks, {{$name}}…{{/name}}, may stand inside "
                + "{{<l}}", files: ["l": ""]),
    ]

    static let names: [Refused] = [
        Refused("a\nb {{titel}}", "Templates/page.mustache:2: unknown name 'titel'; \(all)"),
        Refused(
            "{{#cards}}\n{{titel}}{{/cards}}",
            "Templates/page.mustache:2: unknown name 'titel'; Card has: title, tags, author, replies; \(all)"),
        Refused("{{#tags}}{{titel}}{{/tags}}", "Templates/page.mustache:1: unknown name 'titel'; \(all)"),
        Refused("{{#nobody}}{{/nobody}}", "Templates/page.mustache:1: unknown name 'nobody'; \(all)"),
        Refused("{{frame.usr}}", "Templates/page.mustache:1: unknown name 'usr'; Frame has: user, theme, inner"),
        Refused("{{title.length}}", "Templates/page.mustache:1: 'title.length': there is nothing inside text"),
        Refused("{{cards.title}}", "Templates/page.mustache:1: 'cards.title': there is nothing inside a list"),
        Refused(
            "{{.}}",
            "Templates/page.mustache:1: {{.}} means nothing here: it is the value of a section of text, links or HTML"),
        Refused(
            "{{#tags}}{{#frame}}{{.}}{{/frame}}{{/tags}}",
            "Templates/page.mustache:1: {{.}} means nothing here: it is the value of a section of text, links or HTML"),
        Refused(
            "{{>p}}",
            "Templates/p.mustache:2: unknown name 'x'; \(all) (used by Templates/page.mustache:1)",
            files: ["p": "\n{{x}}"]),
        Refused(
            "\n{{<l}}{{$a}}{{x}}{{/a}}{{/l}}", "Templates/page.mustache:2: unknown name 'x'; \(all)",
            files: ["l": "{{$a}}{{/a}}"]),
    ]

    static let kinds: [Refused] = [
        Refused("{{cards}}", "Templates/page.mustache:1: 'cards' is a list: write {{#cards}}…{{/cards}}"),
        Refused("{{isNew}}", "Templates/page.mustache:1: 'isNew' is a flag: write {{#isNew}}…{{/isNew}}"),
        Refused("{{frame}}", "Templates/page.mustache:1: 'frame' is a group of fields: write {{#frame}}…{{/frame}}"),
        Refused(
            "{{author}}",
            "Templates/page.mustache:1: 'author' may be absent: put this inside {{#author}}…{{/author}}"),
        Refused(
            "{{^author}}{{author}}{{/author}}",
            "Templates/page.mustache:1: 'author' may be absent: put this inside {{#author}}…{{/author}}"),
        Refused(
            "{{#author}}{{#cards}}{{author}}{{/cards}}{{/author}}",
            "Templates/page.mustache:1: 'author' may be absent: put this inside {{#author}}…{{/author}}"),
        Refused(
            "{{score.label}}",
            "Templates/page.mustache:1: 'score.label': score may be absent: put this inside {{#score}}…{{/score}}"),
        Refused(
            "{{frame.theme}}",
            "Templates/page.mustache:1: 'frame.theme' may be absent: put this inside {{#frame.theme}}…{{/frame.theme}}"),
        Refused(
            "{{#title}}{{/title}}",
            "Templates/page.mustache:1: 'title' is text, always there: a section needs a flag, a list, or what may be "
                + "absent"),
        Refused(
            "{{^frame}}{{/frame}}",
            "Templates/page.mustache:1: 'frame' is a group of fields, always there: a section needs a flag, a list, or "
                + "what may be absent"),
        Refused("{{{title}}}", "Templates/page.mustache:1: 'title' is text, not HTML: write {{title}}"),
        Refused(
            "{{#author}}{{{.}}}{{/author}}",
            "Templates/page.mustache:1: '.' is text that may be absent, not HTML: write {{.}}"),
        Refused("{{chart}}", "Templates/page.mustache:1: 'chart' is HTML: write {{{chart}}}"),
        Refused("{{#note}}{{.}}{{/note}}", "Templates/page.mustache:1: '.' is HTML: write {{{.}}}"),
    ]

    @Test("a tag that is not spelled right is refused at its line", arguments: spelling)
    func refusesSpelling(_ refused: Refused) {
        #expect(refusal(of: refused.template, with: refused.files) == refused.says)
    }

    @Test("tags, partials and layouts that do not fit together are refused", arguments: structure)
    func refusesStructure(_ refused: Refused) {
        #expect(refusal(of: refused.template, with: refused.files) == refused.says)
    }

    @Test("an unknown name is refused with the names there are", arguments: names)
    func refusesNames(_ refused: Refused) {
        #expect(refusal(of: refused.template, with: refused.files) == refused.says)
    }

    @Test("a field used as another kind is refused with the right spelling", arguments: kinds)
    func refusesKinds(_ refused: Refused) {
        #expect(refusal(of: refused.template, with: refused.files) == refused.says)
    }

    @Test("a file that is not UTF-8 is refused")
    func refusesEncoding() {
        let failure = #expect(throws: TemplateFailure.self) { try TemplateLibrary(files: ["page": [0x61, 0xFF]]) }
        #expect(failure?.description == "Templates/page.mustache: the file is not UTF-8")
    }

    @Test("structure is checked when the folder is loaded, before any type is bound")
    func checksStructureAtLoad() {
        let files = ["a": Array("{{>b}}".utf8)]
        let failure = #expect(throws: TemplateFailure.self) { try TemplateLibrary(files: files, folder: "T") }
        #expect(failure?.description == "T/a.mustache:1: there is no template 'b'; there are: a")
    }

    @Test("a type that lists a name twice is refused")
    func refusesRepeatedFields() throws {
        struct Twice: Templated {
            static var fields: Fields<Twice> {
                Fields { [Field.flag("a") { _ in true }, Field.flag("a") { _ in true }] }
            }
        }
        let library = try TemplateLibrary(files: ["page": []])

        let failure = #expect(throws: TemplateFailure.self) { try library.bind("page", to: Twice.self) }

        #expect(failure?.reason == "Twice lists the field 'a', which is no name or is listed twice")
    }

    @Test("an unknown template is refused with the templates there are")
    func refusesUnknownTemplate() throws {
        let library = try TemplateLibrary(files: ["pages/a": [], "pages/b": []])

        let failure = #expect(throws: TemplateFailure.self) { try library.bind("pages/c", to: Sample.self) }

        #expect(
            failure?.description == "Templates/pages/c.mustache: there is no such template; there are: pages/a, pages/b"
        )
    }
}
