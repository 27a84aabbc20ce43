import Core
import TestSupport
import Testing

@testable import API

@Suite("Input")
struct InputTests {
    /// One field of every kind.
    struct Sample: Input {
        let title: String
        let count: Int64?
        let isOn: Bool?
        let platform: Platform?
        let tags: [String]?
        let note: Edited<String>

        init(_ reader: inout InputReader) {
            title = reader.required("title", .text(1...10), "")
            count = reader.optional("count", .integer(1...9), "")
            isOn = reader.optional("on", .bool, "")
            platform = reader.optional("platform", .choice(), "")
            tags = reader.optional("tags", .list(of: .text(1...5), 0...3), "")
            note = reader.edited("note", .prose(0...20), "")
        }
    }

    private func problems(_ body: RawInput.Body) -> [String] {
        do {
            _ = try InputReader.read(Sample.self, from: RawInput(path: [:], query: [:], body: body))
            return []
        } catch {
            return error.details.map(\.description)
        }
    }

    private func json(_ text: String) throws -> RawInput.Body {
        guard case .object(let members) = try JSONParser.parse(Array(text.utf8)) else { return .none }
        return .json(members)
    }

    @Test("Values of every kind are read from JSON")
    func goodJSON() throws {
        let body = try json(
            #"{"title":" A b ","count":3.0,"on":false,"platform":"tiktok","tags":["x","y"],"note":"a\r\nb "}"#)
        let sample = try InputReader.read(Sample.self, from: RawInput(path: [:], query: [:], body: body))
        #expect((sample.title, sample.count, sample.isOn) == ("A b", 3, false))
        #expect((sample.platform, sample.tags) == (.tiktok, ["x", "y"]))
        guard case .set("a\nb ") = sample.note else { throw ValidationError(field: "note", rule: "\(sample.note)") }
    }

    @Test("Values of every kind are read from a form, and empty fields count as absent")
    func goodForm() throws {
        let fields = try FormText.values(
            Array("title=A+b&count=&on=on&tags=x&tags=&tags=y&note=&next=%2F".utf8), of: "body")
        let raw = RawInput(path: [:], query: [:], body: .form(fields))
        let sample = try InputReader.read(Sample.self, from: raw)
        #expect((sample.title, sample.count, sample.isOn, sample.tags) == ("A b", nil, true, ["x", "y"]))
        guard case .clear = sample.note else { throw ValidationError(field: "note", rule: "\(sample.note)") }
    }

    @Test("Absent and null are told apart")
    func absence() throws {
        let raw = RawInput(path: [:], query: [:], body: try json(#"{"title":"a"}"#))
        guard case .keep = try InputReader.read(Sample.self, from: raw).note else {
            throw ValidationError(field: "note", rule: "was absent")
        }
        #expect(problems(try json(#"{"title":"a","note":null}"#)) == [])
        #expect(problems(try json(#"{"title":"a","count":null}"#)) == ["count must be a whole number"])
    }

    @Test(
        "Each wrong value is named with its rule",
        arguments: [
            (#"{}"#, "title is missing"), (#"{"title":3}"#, "title must be text"),
            (#"{"title":"  "}"#, "title must not be empty"),
            (#"{"title":"12345678901"}"#, "title must be 1 to 10 characters long"),
            (#"{"title":"a\u0000b"}"#, "title must not contain NUL characters"),
            (#"{"title":"a","count":"3"}"#, "count must be a whole number"),
            (#"{"title":"a","count":3.5}"#, "count must be a whole number"),
            (#"{"title":"a","count":99999999999999999999}"#, "count must be 1 to 9"),
            (#"{"title":"a","on":1}"#, "on must be true or false"),
            (#"{"title":"a","platform":"vine"}"#, "platform must be one of youtube, tiktok, reddit, twitter, web"),
            (#"{"title":"a","tags":"x"}"#, "tags must be a list"),
            (#"{"title":"a","tags":["x","",""]}"#, "tags[1] must not be empty"),
            (#"{"title":"a","tags":["1","2","3","4"]}"#, "tags must have at most 3 entries"),
            (#"{"title":"a","extra":1}"#, "extra is not known here"),
        ])
    func wrongJSON(text: String, problem: String) throws {
        #expect(problems(try json(text)) == [problem])
    }

    @Test("A field that a form sends twice is refused, and every problem is told at once")
    func wrongForm() throws {
        let fields = try FormText.values(Array("title=a&title=b&count=x&odd=1".utf8), of: "body")
        #expect(
            problems(.form(fields)) == [
                "title must be given once", "count must be a whole number", "odd is not known here",
            ])
    }

    @Test("What a field is made of is described without a request")
    func description() {
        let fields = InputReader.fields(of: Sample.self)
        #expect(fields.map(\.name) == ["title", "count", "on", "platform", "tags", "note"])
        #expect(fields.filter(\.isRequired).map(\.name) == ["title"])
        #expect(fields[0].schema.json["maxLength"] == .integer(10))
    }
}
