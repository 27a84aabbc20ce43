import Core
import Foundation
import TestSupport
import Testing

@testable import API

/// A form with both kinds of lists that it may send as one text.
private struct TextLists: Input {
    let tags: [String]
    let words: [String]

    init(_ reader: inout InputReader) {
        tags = reader.tags("tags", "Tags.") ?? []
        let kind = InputKind.texts(1...5, 0...3, between: .commasAndLines, like: "word")
        words = reader.optional("words", kind, "Words.") ?? []
    }
}

@Suite("Lists in one text of a form")
struct TextListTests {
    private func read(_ fields: [String: [String]]) throws -> TextLists {
        try InputReader.read(TextLists.self, from: RawInput(path: [:], query: [:], body: .form(fields)))
    }

    /// The pattern that the document has for a list of words in one text.
    private func pattern() throws -> Regex<AnyRegexOutput> {
        let field = try #require(InputReader.fields(of: TextLists.self).first { $0.name == "words" })
        let pattern = field.schema.inForms.json["anyOf"]?.array?.compactMap { $0["pattern"]?.text }.first
        return try Regex(try #require(pattern)).matchingSemantics(.unicodeScalar)
    }

    @Test(
        "Pieces that are blank count for nothing, and the document says what is taken",
        arguments: [
            ("a", ["a"]), ("a,b", ["a", "b"]), (",,a, ,\n b \n", ["a", "b"]), ("a\r\nb\u{2028}c", ["a", "b", "c"]),
            (",", []), ("a,b,c,", ["a", "b", "c"]), ("12345", ["12345"]), ("é\u{301},x", ["é\u{301}", "x"]),
            (",\u{301}", ["\u{301}"]),
        ])
    func taken(text: String, words: [String]) throws {
        let isDescribed = try text.wholeMatch(of: pattern()) != nil
        #expect(try read(["words": [text]]).words == words)
        #expect(isDescribed)
    }

    @Test(
        "Too many pieces, and too long ones, are refused, and the document says so",
        arguments: [
            ("123456", "words[0] must be 1 to 5 characters long"),
            ("a,b  123", "words[1] must be 1 to 5 characters long"),
            ("a,b,c,d", "words must have at most 3 entries"), ("a\u{0}", "words[0] must not contain NUL characters"),
        ])
    func refused(text: String, problem: String) throws {
        let error = #expect(throws: APIFailure.self) { try read(["words": [text]]) }
        #expect(error?.details.map(\.description) == [problem])
        let isDescribed = try text.wholeMatch(of: pattern()) != nil
        #expect(!isDescribed)
    }

    @Test("A list that null empties is one text, several, or nothing at all in a form")
    func nullable() throws {
        let field = try #require(InputReader.fields(of: TextLists.self).first { $0.name == "tags" })
        let choices = try #require(field.schema.inForms.json["anyOf"]?.array)
        #expect(choices.map { $0["type"]?.text } == ["array", "string", "string"])
        #expect(choices[0]["minItems"] == .integer(1) && choices[2]["maxLength"] == .integer(0))
        #expect(try read(["tags": [" a , b,"]]).tags == ["a", "b"] && read(["tags": [""]]).tags.isEmpty)
        #expect(try read(["tags": ["a,b", "c"]]).tags == ["a,b", "c"])
    }

    @Test("Behind a mail's link stand exactly 43 characters, none of them a space")
    func linkTokens() throws {
        let kind = InputKind.linkToken
        let pattern = try #require(kind.schema().json["pattern"]?.text)
        let token = String(repeating: "A", count: 43)
        #expect(try kind.read(.texts([token])) == token)
        #expect(token.range(of: pattern, options: .regularExpression) != nil)
        for wrong in [
            " " + token.dropFirst(), token.dropFirst() + "\u{85}", token + "A", token.dropLast() + "\u{3000}",
        ] {
            #expect(String(wrong).range(of: pattern, options: .regularExpression) == nil)
            #expect(throws: Misfit.self) { try kind.read(.texts([String(wrong)])) }
        }
    }
}
