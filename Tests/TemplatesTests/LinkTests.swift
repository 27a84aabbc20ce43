import Templates
import Testing

@Suite("Link")
struct LinkTests {
    @Test(
        "addresses of the web, of mail and of this site are links, unchanged",
        arguments: [
            "https://example.org", "http://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG/", "https://[::1]/", "/",
            "/trends/1/?page=2#top", "?page=2", "#top", "mailto:ann@example.org?subject=x", "https://example.org/日本",
            "/a:b", "?next=javascript:alert(1)", "#javascript:alert(1)",
        ])
    func accepts(_ address: String) {
        #expect(Link(address)?.text == address)
    }

    @Test(
        "every other address is refused",
        arguments: [
            "", " ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)", " javascript:alert(1)", "javascript\u{0}:alert(1)", "javascript&colon;alert(1)",
            "vbscript:x", "data:text/html,<script>", "data:image/svg+xml,x", "blob:https://a/b", "file:///etc/passwd",
            "ftp://a/b", "about:blank", "intent://x", "//host", "//host/path", "/\\host", "\\\\host", "/\t/host",
            "/\n/host",
            "https:host", "https:/host", "https://", "https:///host", "https://\\host", "https://:80", "http:",
            "mailto:",
            "host.org", "trends/1", "https://a\u{7F}", "https://a\u{85}b", " https://a", "https://a ", "ｊavascript:x",
            "httpſ://a", "https\u{301}://a",
        ])
    func refuses(_ address: String) {
        #expect(Link(address) == nil, "\(address.debugDescription)")
    }

    @Test("a space inside an address is encoded")
    func encodesSpaces() {
        #expect(Link("https://a.org/x y?z w")?.text == "https://a.org/x%20y?z%20w")
    }

    @Test(
        "our own paths stay on this site, whatever they are made of",
        arguments: [
            ("/trends/1/", "/trends/1/"), ("trends/1/", "/trends/1/"), ("", "/"), ("/", "/"), ("//host/x", "/host/x"),
            ("/\\host", "/host"), ("\\/host", "/host"), ("/a b\"<>'é", "/a%20b%22%3C%3E'%C3%A9"),
            ("/\t/host", "/%09/host"),
            ("?page=2", "?page=2"), ("#top", "#top"), ("/a%20b", "/a%20b"), ("javascript:x", "/javascript:x"),
        ])
    func keepsPaths(_ path: String, _ expected: String) {
        #expect(Link(path: path).text == expected)
    }

    @Test("a link is escaped for the place where it stands")
    func escapesLinks() throws {
        var page = Sample()
        page.address = try #require(Link("https://a.org/?a='1'&b=\"<2>\""))
        let escaped = "https://a.org/?a=&#39;1&#39;&amp;b=&quot;&lt;2&gt;&quot;"

        #expect(
            try shown("<a href=\"{{address}}\">{{address}}</a>", of: page) == "<a href=\"\(escaped)\">\(escaped)</a>")
        #expect(try shown("{{address}}", of: page, as: "feed.xml") == escaped)
        #expect(try shown("{{address}}", of: page, as: "mail.txt") == "https://a.org/?a='1'&b=\"<2>\"")
    }

    @Test(
        "code is loaded from our own paths only", arguments: ["script src", "iframe src", "object data", "base href"])
    func guardsCode(_ place: String) throws {
        let template =
            "<\(place)=\"{{address}}\">" + (place.contains("script") ? "</script>" : "")
            + (place.contains("iframe") ? "</iframe>" : "")
        var page = Sample()
        #expect(try shown(template, of: page).contains("=\"/trends/1/\""))

        page.address = try #require(Link("https://elsewhere.org/x.js"))
        #expect(try shown(template, of: page).contains("=\"\""))
    }

    @Test("an absent link leaves an address to what follows")
    func skipsAbsentLinks() throws {
        let template = "<a href=\"{{#source}}{{.}}{{/source}}{{^source}}{{address}}{{/source}}\">"
        var page = Sample()
        #expect(try shown(template, of: page) == "<a href=\"/trends/1/\">")

        page.source = Link("https://a.org")
        #expect(try shown(template, of: page) == "<a href=\"https://a.org\">")
    }
}
