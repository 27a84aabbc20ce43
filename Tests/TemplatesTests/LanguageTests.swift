import Templates
import Testing

@Suite("XML and text templates")
struct LanguageTests {
    private static func page(_ title: String) -> Sample {
        var page = Sample()
        page.title = title
        return page
    }

    @Test("XML gets the five entities and loses what XML 1.0 forbids")
    func escapesXML() throws {
        let title = "a<b> & \"c\" 'd'\t\u{0}\u{1}\u{8}\u{B}\u{C}\u{1F}\u{FFFE}e\u{FFFF}\u{FFFD}\u{85}🙂"
        let safe = "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\te\u{FFFD}\u{85}🙂"

        #expect(try shown("<t>{{title}}</t>", of: Self.page(title), as: "feeds/a.xml") == "<t>\(safe)</t>")
        #expect(try shown("<t a=\"{{title}}\"/>", of: Self.page(title), as: "feeds/a.xml") == "<t a=\"\(safe)\"/>")
    }

    @Test("HTML keeps every character but NUL")
    func escapesHTML() throws {
        #expect(try shown("{{title}}", of: Self.page("a\u{0}b\u{1}\u{FFFE}\r\n")) == "ab\u{1}\u{FFFE}\r\n")
    }

    @Test("HTML stands in XML as escaped text")
    func escapesHTMLInXML() throws {
        let content = "<content type=\"html\">{{chart}}</content>"
        #expect(try shown(content, as: "a.xml") == "<content type=\"html\">&lt;svg&gt;&lt;/svg&gt;</content>")
    }

    @Test("XML has no elements with rules of their own, but the same rules for addresses")
    func readsXML() {
        #expect(refusal(of: "<title>{{title}}</title><style>{{title}}</style>", as: "a.xml") == nil)
        #expect(refusal(of: "<?xml version=\"1.0\"?><link href=\"{{address}}\"/>", as: "a.xml") == nil)
        #expect(
            refusal(of: "<link href=\"{{title}}\"/>", as: "a.xml")
                == "Templates/a.xml.mustache:1: 'title' is text: an address begins with a link field, or with text such as "
                + "/trends/")
        #expect(
            refusal(of: "<a><![CDATA[ {{title}} ]]></a>", as: "a.xml")
                == "Templates/a.xml.mustache:1: {{title}} stands in a CDATA section, where nothing can be shown safely")
        #expect(
            refusal(of: "<a>{{{chart}}}</a>", as: "a.xml")
                == "Templates/a.xml.mustache:1: 'chart' is HTML, not XML: write {{chart}} in an element with type=\"html\""
        )
    }

    @Test("text is written as it is, but for NUL, and has no places")
    func writesText() throws {
        let title = "<a href=\"x\">'&\u{0}\u{1}"
        #expect(
            try shown("<{{title}}> \"{{count}}", of: Self.page(title), as: "mails/a.txt")
                == "<<a href=\"x\">'&\u{1}> \"42")
    }

    @Test("text cannot show HTML", arguments: ["{{chart}}", "{{{chart}}}"])
    func refusesHTMLInText(_ tag: String) {
        #expect(
            refusal(of: tag, as: "a.txt")
                == "Templates/a.txt.mustache:1: 'chart' is HTML, which a text template cannot show")
    }
}
