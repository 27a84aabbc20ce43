import Core
import TestSupport
import Testing

@testable import Scraping

@Suite("Fields of scraped items")
struct FieldTests {
    private func item(_ value: String) throws -> JSON { try JSONParser.parse(Array("{\"x\":\(value)}".utf8)) }

    @Test(
        "Counts, however they are written; anything else is unknown and never 0",
        arguments: [
            ("0", 0), ("12", 12), ("12.9", 12), ("\"12\"", 12), ("\"48,211\"", 48_211), ("\"12,34,567\"", 1_234_567),
            ("\"1 204\"", 1204), ("9007199254740993", 9_007_199_254_740_993), ("\"0\"", 0), ("-0", 0),
            ("null", nil), ("-1", nil), ("\"-1\"", nil), ("\"\"", nil), ("\"1.2K\"", nil), ("\"1,2\"", nil),
            ("\",123\"", nil),
            ("\"many\"", nil), ("true", nil), ("[]", nil), ("{}", nil), ("1e300", nil), ("99999999999999999999", nil),
            ("\"99999999999999999999\"", nil), ("\"١٢\"", nil),
        ] as [(String, Int64?)])
    func counts(value: String, expected: Int64?) throws {
        #expect(try item(value).count("x") == expected)
        #expect(try item(value).count("absent") == nil)
    }

    @Test("Of several keys the first known count is taken")
    func keys() throws {
        let item = try JSONParser.parse(Array(#"{"a":null,"b":-1,"c":"7","d":8}"#.utf8))
        #expect(item.count("a", "b", "c", "d") == 7 && item.count("a", "b") == nil)
    }

    @Test(
        "Addresses lead to the web, or are none",
        arguments: [
            ("https://e.example/a?b=c#d", true), ("HTTP://e.example", true), ("https://bücher.example/ü", true),
            ("javascript:alert(1)", false), ("//e.example/a", false), ("/a", false), ("ftp://e.example", false),
            ("https://e.example/a b", false), ("https://e.example/\"onload=x", false), ("https://e.example/<b>", false),
            ("https://e.example/\u{0}", false), ("https://e.example\\@evil.example", false),
            ("data:text/html,x", false),
            (" https://e.example", false), ("https://e.example/\n", false),
        ])
    func addresses(text: String, isOne: Bool) throws {
        #expect(JSON.object(["x": .text(text)]).webAddress("x") == (isOne ? text : nil))
    }

    @Test("An address beyond 2,000 bytes is none")
    func longAddress() {
        let address = "https://e.example/" + String(repeating: "a", count: 1982)
        #expect(JSON.object(["x": .text(address)]).webAddress("x") == address)
        #expect(JSON.object(["x": .text(address + "a")]).webAddress("x") == nil)
    }

    @Test("Tags: texts or objects, each once, without #, at most 60")
    func tags() throws {
        let item = try item(##"["#a","a","\u0023#b",{"name":"c"},{"text":"d"},{"title":"no"},5,null,"","#"," e  f "]"##)
        #expect(item.tags("x") == ["a", "b", "c", "d", "e f"])
        #expect(JSON.object(["x": .array((0..<100).map { .text("t\($0)") })]).tags("x").count == 60)
        #expect(try self.item("\"a,b\"").tags("x").isEmpty)
    }

    @Test("Ids are texts or whole numbers of any length")
    func words() throws {
        #expect(try item("1970000000000000001").word("x") == "1970000000000000001")
        #expect(try item("123456789012345678901").word("x") == "123456789012345678901")
        for value in ["\"\"", "1.5", "null", "[1]", "true"] { #expect(try item(value).word("x") == nil) }
    }

    @Test(
        "Ids, languages and addresses that could not be stored or linked do not pass",
        arguments: [#""a\u0000b""#, #""a\nb""#, "\"\(String(repeating: "a", count: 2001))\""])
    func ids(id: String) throws {
        let address = "https://www.tiktok.com/@a/video/1"
        let found = try Reading.adapted(#"[{"id":\#(id),"webVideoUrl":"\#(address)"}]"#)
        #expect(
            found == [.rejected(reason: "the id is empty, longer than 2000 bytes or holds control characters")])
        let seen = try Reading.post(
            #"[{"id":"1","webVideoUrl":"\#(address)","textLanguage":"e\u0000n","authorMeta":{"id":"a\u0000","name":"b"}}]"#
        )
        #expect(seen.post.language == nil && seen.post.author == nil)
    }
}
