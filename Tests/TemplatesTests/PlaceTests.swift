import Templates
import Testing

@Suite("Place of a tag")
struct PlaceTests {
    static let hostile = "\"><script>alert('1')</script>&amp;\u{0}"
    static let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;"
    static let encoded = "%22%3E%3Cscript%3Ealert%28%271%27%29%3C%2Fscript%3E%26amp%3B%00"

    static let safe: [Example] = [
        Example("text", "<p>{{title}}</p>", "<p>\(escaped)</p>"),
        Example("double quotes", "<p title=\"{{title}}\">", "<p title=\"\(escaped)\">"),
        Example("single quotes", "<p title='a {{title}} b'>", "<p title='a \(escaped) b'>"),
        Example("title", "<title>{{title}} · K</title>", "<title>\(escaped) · K</title>"),
        Example(
            "textarea", "<textarea name=\"t\">\n{{title}}</textarea>", "<textarea name=\"t\">\n\(escaped)</textarea>"),
        Example(
            "after a script", "<script src=\"/a.js\"></script>{{title}}", "<script src=\"/a.js\"></script>\(escaped)"),
        Example("after a comment", "<!-- > \" -->{{title}}", "<!-- > \" -->\(escaped)"),
        Example("after a doctype", "<!doctype html>{{title}}", "<!doctype html>\(escaped)"),
        Example("after a lone <", "1 < 2 {{title}}", "1 < 2 \(escaped)"),
        Example("path of an address", "<a href=\"/trends/{{title}}/#x\">", "<a href=\"/trends/\(encoded)/#x\">"),
        Example("query of an address", "<a href='?q={{title}}&amp;p={{count}}'>", "<a href='?q=\(encoded)&amp;p=42'>"),
        Example("fragment of an address", "<use xlink:href=\"#i-{{title}}\"/>", "<use xlink:href=\"#i-\(encoded)\"/>"),
        Example("path at a fixed host", "<img src=\"https://a.b/{{title}}\">", "<img src=\"https://a.b/\(encoded)\">"),
        Example("after a link", "<a HREF = \"{{address}}?q={{title}}\">", "<a HREF = \"/trends/1/?q=\(encoded)\">"),
        Example(
            "a link after a path", "<form action=\"/go?to={{address}}\">", "<form action=\"/go?to=%2Ftrends%2F1%2F\">"),
        Example(
            "description", "<meta name=\"description\" content=\"{{title}}\">",
            "<meta name=\"description\" content=\"\(escaped)\">"),
        Example(
            "attribute in a section", "<p{{#isNew}} class=\"new\" title=\"{{title}}\"{{/isNew}}>",
            "<p class=\"new\" title=\"\(escaped)\">"),
        Example("bare attribute in a section", "<option {{#isNew}}selected{{/isNew}}>", "<option selected>"),
        Example("section in an attribute", "<p class=\"a{{#tags}} {{.}}{{/tags}}\">", "<p class=\"a red green\">"),
        Example("section in a path", "<a href=\"/t/{{#tags}}{{.}}/{{/tags}}\">", "<a href=\"/t/red/green/\">"),
    ]

    static let unsafe: [Refused] = [
        Refused(
            "<p title={{title}}>",
            "{{title}} stands in the attribute title, which has no quotes: write title=\"{{title}}\""),
        Refused(
            "<p title=a{{title}}>",
            "{{title}} stands in the attribute title, which has no quotes: write title=\"{{title}}\""),
        Refused("<p {{title}}>", "{{title}} stands among the attributes of <p>: write name=\"{{title}}\""),
        Refused("<p a{{title}}=\"\">", "{{title}} stands among the attributes of <p>: write name=\"{{title}}\""),
        Refused("<{{title}}>", "{{title}} stands in the name of an element, where nothing can be shown safely"),
        Refused("<h{{count}}>", "{{count}} stands in the name of an element, where nothing can be shown safely"),
        Refused("</h{{count}}>", "{{count}} stands in an end tag, where nothing can be shown safely"),
        Refused(
            "<script>let a = '{{title}}'</script>",
            "{{title}} stands in <script>, where nothing can be shown safely"),
        Refused("<STYLE>{{title}}</STYLE>", "{{title}} stands in <style>, where nothing can be shown safely"),
        Refused("<script></scripty>{{title}}", "{{title}} stands in <script>, where nothing can be shown safely"),
        Refused(
            "<script>{{#isNew}}1{{/isNew}}</script>",
            "{{#isNew}} stands in <script>, where no section may begin or end"),
        Refused("<iframe>{{title}}</iframe>", "{{title}} stands in <iframe>, where nothing can be shown safely"),
        Refused("<!-- {{title}} -->", "{{title}} stands in an HTML comment, where nothing can be shown safely"),
        Refused("<!doctype {{title}}>", "{{title}} stands in a declaration, where nothing can be shown safely"),
        Refused(
            "<p onClick=\"f('{{title}}')\">",
            "{{title}} stands in the attribute onclick=\"\": onclick=\"\" is a script"),
        Refused(
            "<p style=\"width:{{count}}%\">",
            "{{count}} stands in the attribute style=\"\": style=\"\" is a style sheet: choose a class instead"),
        Refused(
            "<iframe srcdoc=\"{{title}}\">",
            "{{title}} stands in the attribute srcdoc=\"\": srcdoc=\"\" is a page of its own"),
        Refused(
            "<animate to=\"{{title}}\"/>",
            "{{title}} stands in the attribute to=\"\": <animate> can change any attribute"),
        Refused(
            "<meta content=\"0;url={{title}}\" http-equiv=\"refresh\">",
            "no tag may stand in a <meta http-equiv>: it acts like an HTTP header"),
        Refused(
            "<p title=\"{{{chart}}}\">",
            "'chart' is HTML: it may stand between elements, not within a tag or <title>"),
        Refused(
            "<title>{{{chart}}}</title>",
            "'chart' is HTML: it may stand between elements, not within a tag or <title>"),
    ]

    static let addresses: [Refused] = ["href", "src", "action", "formaction", "poster", "cite", "srcset", "xlink:href"]
        .map {
            Refused(
                "<p \($0)=\"{{title}}\">",
                "'title' is text: an address begins with a link field, or with text such as /trends/")
        }

    static let beginnings: [Refused] = [
        "javascript:", "data:", "https://", "http://host", "//", "//host", "/\\", "trends/", " ", "java{{! }}script:",
    ].map {
        Refused(
            "<a href=\"\($0){{title}}\">",
            "'title' follows the beginning of an address that is not safe: begin with /, ?, #, mailto: or https://host/"
        )
    }

    static let unbalanced: [Refused] = [
        Refused("{{#isNew}}<p {{/isNew}}", "{{#isNew}} begins between elements and ends among the attributes of <p>"),
        Refused("<p{{#isNew}}>{{/isNew}}", "{{#isNew}} begins among the attributes of <p> and ends between elements"),
        Refused(
            "<p title=\"{{#isNew}}\"{{/isNew}}>",
            "{{#isNew}} begins in the attribute title=\"\" and ends among the attributes of <p>"),
        Refused(
            "<p title={{#isNew}}\"a\"{{/isNew}}>",
            "{{#isNew}} stands in the attribute title, which has no quotes: put the value in quotes"),
        Refused("<in{{#isNew}}put{{/isNew}}>", "a space is missing before p, among the attributes of <in>"),
        Refused("<p {{#isNew}}on{{/isNew}}click=\"f()\">", "a space is missing before c, among the attributes of <p>"),
        Refused("<p {{#tags}}checked{{/tags}}>", "a space is missing before c, among the attributes of <p>"),
        Refused(
            "<a href=\"{{#isNew}}/x/{{/isNew}}{{title}}\">",
            "'title' is text: an address begins with a link field, or with text such as /trends/"),
        Refused("<p \"{{title}}\">", "\" does not belong here, among the attributes of <p>"),
        Refused(
            "<p title=\"{{title}}>",
            "what begins here is still open at the end of the template (in the attribute title=\"\")"),
        Refused("<!-- a", "what begins here is still open at the end of the template (in an HTML comment)"),
    ]

    private static func hostilePage() -> Sample {
        var page = Sample()
        page.title = hostile
        return page
    }

    @Test("hostile text is harmless wherever a tag may stand", arguments: safe)
    func escapes(_ example: Example) throws {
        #expect(try shown(example.template, of: Self.hostilePage()) == example.expected)
    }

    @Test("a tag where no escaping would help is refused", arguments: unsafe + addresses + beginnings)
    func refuses(_ refused: Refused) {
        #expect(refusal(of: refused.template) == "Templates/page.mustache:1: \(refused.says)")
    }

    @Test("a section leaves the markup around it as it found it", arguments: unbalanced)
    func refusesUnbalanced(_ refused: Refused) {
        #expect(refusal(of: refused.template) == "Templates/page.mustache:1: \(refused.says)")
    }

    @Test("the place is known across partials and layouts")
    func followsPartials() {
        let files = ["open": "<p title=\"", "close": "\">", "l": "<script>{{$a}}{{/a}}</script>"]
        #expect(refusal(of: "{{>open}}{{title}}{{>close}}", with: files.filter { $0.key != "l" }) == nil)
        #expect(
            refusal(of: "{{<l}}{{$a}}{{title}}{{/a}}{{/l}}", with: files)
                == "Templates/page.mustache:1: {{title}} stands in <script>, where nothing can be shown safely")
    }
}
