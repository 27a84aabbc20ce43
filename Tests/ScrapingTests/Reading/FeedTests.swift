import Core
import Foundation
import TestSupport
import Testing

@testable import Scraping

@Suite("Feed scanner")
struct FeedTests {
    private func scan(_ text: String) -> (entries: [JSON], problem: FeedScanner.Problem?) {
        FeedScanner.read(Array(text.utf8))
    }

    private func titles(_ entries: [JSON]) -> [String?] { entries.map { $0["title"]?.text } }

    @Test("CDATA, character references and comments inside a title are its text")
    func text() {
        let found = scan(
            "<rss><channel><item><title>a<![CDATA[ <b> & ]]>&#233;<!-- no --> &lt;c&gt; &amp;amp;</title></item></channel></rss>"
        )

        #expect(titles(found.entries) == ["a <b> & é <c> &amp;"] && found.problem == nil)
    }

    @Test("The first of several elements counts, categories are gathered, attributes have their key")
    func keys() throws {
        let found = scan(
            """
            <feed><entry><title>one</title><title>two</title><category term="x"/><category>y</category>
            <link rel="edit" href="https://e.example/edit"/><link href="https://e.example/1"/>
            <author><name>Ida</name><email>i@e.example</email></author><name>not the author</name></entry></feed>
            """)
        let entry = try #require(found.entries.first)

        #expect(entry["title"] == .text("one") && entry["categories"] == .array([.text("x"), .text("y")]))
        #expect(entry["link@href"] == .text("https://e.example/1") && entry["author/name"] == .text("Ida"))
        #expect(entry["feed"] == .text("atom"))
    }

    @Test(
        "Every encoding that a feed declares is read",
        arguments: [("UTF-8", .utf8), ("ISO-8859-1", .isoLatin1), ("UTF-16", .utf16)] as [(String, String.Encoding)])
    func encodings(name: String, encoding: String.Encoding) throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"\(name)\"?><rss><channel><item><title>café</title></item></channel></rss>"
        let found = FeedScanner.read([UInt8](try #require(text.data(using: encoding))))

        #expect(titles(found.entries) == ["café"] && found.problem == nil)
    }

    @Test("Bytes that are not in the declared encoding are reported; what came before stays")
    func wrongEncoding() {
        let start =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss><channel><item><title>good</title></item>\n<item><title>caf"
        let found = FeedScanner.read(Array(start.utf8) + [0xE9] + Array("</title></item></channel></rss>".utf8))

        #expect(titles(found.entries).first == "good")
        #expect(found.problem == .init(line: 3, reason: "it holds bytes that its encoding does not have"))
    }

    @Test(
        "Damage names its line and reason, and what can be read is",
        arguments: [
            ("<rss><channel><item><title>a</title></item>\n<item><title>b", 1, 2, "it ends too early"),
            (
                "<rss><channel><item><title>a</title></item>\n<item><title>x & y</title></item></channel></rss>", 2, 2,
                "a & or < is not escaped"
            ),
            (
                "<rss><channel><item><title>a&nbsp;b</title></item></channel></rss>", 1, 1,
                "it names an entity that is not declared"
            ),
            ("<rss><channel>\n\n<item><title>a</item></channel></rss>", 0, 3, "its tags do not match"),
        ])
    func damage(text: String, fewest: Int, line: Int, reason: String) {
        let found = scan(text)

        #expect(found.entries.count >= fewest)
        #expect(found.problem == .init(line: line, reason: reason))
    }

    @Test(
        "A page that is no feed, as blocked scrapers get, is reported and not taken for an empty feed",
        arguments: [
            ("<html><body><p>blocked</p></body></html>", "it begins with <html>, not with <rss> or <feed>"),
            ("<?xml version=\"1.0\"?><error>no</error>", "it begins with <error>, not with <rss> or <feed>"),
            ("<!doctype html><html><meta charset=utf-8><p>blocked<br></html>", nil),
        ] as [(String, String?)])
    func noFeed(text: String, reason: String?) {
        let problem = scan(text).problem

        #expect(problem != nil)
        if let reason { #expect(problem?.reason == reason) }
    }

    /// Ten entities of ten times the one before: 10 GB, were it expanded.
    private static let bomb: String = {
        let steps = (1..<10).map { step in
            "<!ENTITY a\(step) \"\(String(repeating: "&a\(step - 1);", count: 10))\">"
        }
        return "<!DOCTYPE rss [<!ENTITY a0 \"aaaaaaaaaa\">\(steps.joined())]>"
            + "<rss><channel><item><title>&a9;</title><link>https://e.example/1</link></item></channel></rss>"
    }()

    @Test("Entity bombs are refused in any encoding and anywhere in the file", arguments: [0, 200_000])
    func bombs(padding: Int) throws {
        let text = "<!--\(String(repeating: " ", count: padding))-->" + Self.bomb
        for encoding in [String.Encoding.utf8, .utf16] {
            let found = FeedScanner.read([UInt8](try #require(text.data(using: encoding))))
            #expect(found.problem != nil)
            #expect(found.entries.allSatisfy { $0["title"]?.text?.utf8.count ?? 0 < 1 << 20 })
        }
    }

    @Test("Harmless entity definitions are refused too, and files of the machine are never read")
    func entities() {
        let own = scan(
            "<!DOCTYPE r [<!ENTITY me \"x\">]><rss><channel><item><title>&me;</title></item></channel></rss>")
        let outside = scan(
            "<!DOCTYPE r [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&f;</title></item></channel></rss>"
        )
        let doctype = scan(
            "<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss><channel><item><title>a</title></item></channel></rss>")

        #expect(own.problem?.reason == "it defines entities, which feeds need not")
        #expect(!"\(outside.entries)".contains("root:") && outside.problem != nil)
        #expect(titles(doctype.entries) == ["a"])
    }

    @Test("A feed beyond 32 MiB is an error of the whole file")
    func giant() {
        let text = "<rss><!--" + String(repeating: " ", count: 33 << 20)
        let failure = #expect(throws: ImportFailure.self) { try Reading.adapted(text) }
        #expect(failure?.description == "test: a feed may be at most 32 MiB long")
    }

    @Test("UTF-16 is for feeds only")
    func otherUTF16() throws {
        let bytes = [UInt8](try #require("[{\"a\":1}]".data(using: .utf16)))
        let failure = #expect(throws: ImportFailure.self) { try Reading.items(bytes) }
        #expect(failure?.reason == "it is UTF-16; JSON and CSV must be UTF-8")
    }
}
