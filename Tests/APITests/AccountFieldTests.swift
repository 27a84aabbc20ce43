import Core
import Testing

@testable import API

@Suite("Account field")
struct AccountFieldTests {
    @Test(
        "e-mail is trimmed and lower-cased",
        arguments: [
            ("a@b", "a@b"), (" Anna@Example.COM \n", "anna@example.com"),
            ("jürgen@müller.example", "jürgen@müller.example"),
            ("a+tag@b.c", "a+tag@b.c"),
        ])
    func email(typed: String, kept: String) throws {
        #expect(try EmailAddress(typed).text == kept)
    }

    @Test(
        "e-mail must look like one",
        arguments: [
            "", " ", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\u{0}", "a\u{202E}@b.c", "a\nb@c", "a@b\u{200B}.c",
            String(repeating: "a", count: 250) + "@b.co", "a@b" + String(repeating: " ", count: 252),
        ])
    func badEmail(typed: String) {
        #expect { try EmailAddress(typed) } throws: { ($0 as? ValidationError)?.field == "email" }
    }

    @Test(
        "password is 10 to 256 characters, whatever they are, however many bytes they take",
        arguments: [
            (9, false), (10, true), (256, true), (257, false), (0, false),
        ], ["p", "é", "漢", "🙂"])
    func password(length: (count: Int, isGood: Bool), letter: String) {
        let typed = String(repeating: letter, count: length.count)
        #expect(((try? Password(typed)) != nil) == length.isGood)
        #expect(Password(existing: typed).bytes == Array(typed.utf8).prefix(1024).map { $0 })
    }

    @Test(
        "name is optional, trimmed, at most 100 characters and without control characters",
        arguments: [
            (" Anna ", "Anna"), ("", nil), ("  ", nil), ("مريم", "مريم"), ("Zoë 👩‍💻", "Zoë 👩‍💻"),
            (String(repeating: "é", count: 100), String(repeating: "é", count: 100)),
        ])
    func name(typed: String, kept: String?) throws {
        #expect(try PersonName(typed).text == kept)
    }

    @Test(
        "name is refused otherwise",
        arguments: [
            String(repeating: "n", count: 101), "n" + String(repeating: " ", count: 100), "a\u{0}b", "a\u{202E}b",
            "a\nb",
            "e" + String(repeating: "\u{301}", count: 999),
        ])
    func badName(typed: String) {
        #expect { try PersonName(typed) } throws: { ($0 as? ValidationError)?.field == "name" }
    }

    @Test(
        "form text is decoded as browsers write it",
        arguments: [
            ("a=1&b=2", ["a": "1", "b": "2"]), ("a=x+y%20z", ["a": "x y z"]), ("a=1&a=2", ["a": "1"]),
            ("a", ["a": ""]), ("", [:]), ("&&=&", ["": ""]), ("a=%zz%4", ["a": "%zz%4"]), ("a=%C3%A9", ["a": "é"]),
            ("a=b=c", ["a": "b=c"]), ("%61=%26", ["a": "&"]),
        ])
    func formText(text: String, fields: [String: String]) throws {
        #expect(try FormText.fields(Array(text.utf8)) == fields)
    }

    @Test("form text that is not UTF-8 is refused")
    func notUTF8() {
        #expect(throws: ValidationError.self) { try FormText.fields(Array("a=%FF".utf8)) }
    }
}
