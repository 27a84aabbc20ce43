import Testing

@testable import Markdown

@Suite("Link addresses and heading ids")
struct AddressTests {
    private func written(_ address: String) -> String? {
        LinkAddress(address).map { link in
            var bytes: [UInt8] = []
            link.append(to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test(
        "What leads to the web, a mailbox or this site is written as an attribute can hold it",
        arguments: [
            ("https://e.example/a?b=1&c=2#d", "https://e.example/a?b=1&amp;c=2#d"),
            ("HTTP://E.example", "HTTP://E.example"),
            ("mailto:a@e.example", "mailto:a@e.example"), ("/trends/", "/trends/"), ("#h-a", "#h-a"),
            ("?q=a:b", "?q=a:b"),
            ("a/b:c", "a/b:c"), ("../x", "../x"), ("/a b", "/a%20b"), ("/\"onload=x", "/%22onload=x"),
            ("/<b>", "/%3Cb%3E"),
            ("/é", "/%C3%A9"), ("/👩", "/%F0%9F%91%A9"), ("/a%20b", "/a%20b"), ("/`{|}^", "/%60%7B%7C%7D%5E"),
        ])
    func good(address: String, expected: String) {
        #expect(written(address) == expected)
    }

    @Test(
        "Everything else is no link",
        arguments: [
            "", "javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
            "ftp://e.example",
            "//evil.example", "\\\\evil.example", "/\\evil.example", "a:b", "x-y:z", ":", " javascript:x",
            "java\tscript:x",
            "java\nscript:x", "\u{1}javascript:x", "/a\u{7F}", " /a", "/a ", "https:\\\\e.example",
            "blob:https://e.example",
        ])
    func bad(address: String) {
        #expect(LinkAddress(address) == nil)
    }

    @Test(
        "Ids of headings are words, in any script, and never empty",
        arguments: [
            ("Hook & co", "h-hook-co"), ("  A  B  ", "h-a-b"), ("!?", "h-section"), ("שלום עולם", "h-שלום-עולם"),
            ("Ünïcode 2", "h-ünïcode-2"), ("a-b_c", "h-a-b-c"), ("\"><script>", "h-script"), ("👩‍🚀", "h-section"),
            (String(repeating: "a", count: 200), "h-" + String(repeating: "a", count: 80)),
        ])
    func ids(text: String, expected: String) {
        var slugs = HeadingSlugs()
        #expect(slugs.unique(text) == expected)
    }

    @Test("Ids are unique, whatever the headings try")
    func unique() {
        var slugs = HeadingSlugs()
        let texts = ["a", "a-2", "a", "a", "a 2", "a-2-2", "", "section", "a"]
        let ids = texts.map { slugs.unique($0) }
        #expect(Set(ids).count == texts.count && ids.allSatisfy { $0.hasPrefix("h-") }, "\(ids)")
        let many = (0..<3000).map { _ in slugs.unique("same") }
        #expect(Set(many).count == 3000)
    }
}
