import Core
import Foundation
import Scraping
import TestSupport
import Testing

@Suite("Import reader")
struct ImportReaderTests {
    private static func row(_ id: Int) -> String {
        #"{"video_id":"vid0000\#(id)","country":"US","observed_at":"2026-08-13","title":"a } ] \"{ b","views":\#(id)}"#
    }

    private func read(_ text: String, chunk: Int = 64 << 10) throws -> [(place: String, adapted: Adapted)] {
        var found: [(String, Adapted)] = []
        try ImportReader(chunkSize: chunk).read(bytes: Array(text.utf8), name: "test") {
            found.append(($0.place, $0.adapted))
        }
        return found
    }

    private func posts(_ text: String, chunk: Int = 64 << 10) throws -> [Int64?] {
        try read(text, chunk: chunk).compactMap { item in
            guard case .sighting(let seen) = item.adapted else { return nil }
            return seen.counts.views
        }
    }

    @Test("Items are the same whatever the size of the chunks", arguments: [1, 7, 100, 64 << 10])
    func chunks(size: Int) throws {
        let rows = (1...9).map(Self.row)
        for text in [
            rows.joined(separator: "\n"), "[\(rows.joined(separator: ",\n "))]",
            "\u{FEFF}[\(rows.joined(separator: ","))]",
        ] {
            #expect(try posts(text, chunk: size) == (1...9).map { Int64($0) })
        }
    }

    @Test(
        "A damaged item costs itself only, and its place is named",
        arguments: [
            (#"{"video_id": "x", "country": nope}"#, "\n"), (#"{"video_id": "x"#, "\n"), (#"{"a": [1, 2}"#, "\n"),
            (#"{"video_id": "x", "title": "unclosed}"#, "\n"), (#"{"a" 1}"#, ",\n"), (#"{"a": {"b": 1}"#, ",\n"),
        ])
    func damage(bad: String, separator: String) throws {
        let rows = [Self.row(1), bad, Self.row(2), Self.row(3)].joined(separator: separator)
        let text = separator == "\n" ? rows : "[\(rows)]"
        let found = try read(text)
        #expect(try posts(text) == [1, 2, 3])
        let rejected = found.filter { if case .rejected = $0.adapted { true } else { false } }
        #expect(rejected.count == 1)
        #expect(["line 2", "item 2"].contains(rejected.first?.place))
    }

    @Test("A file that is cut off keeps what came before and says so")
    func cutOff() throws {
        let text = "[\(Self.row(1)),\(Self.row(2).dropLast(10))"
        #expect(try posts(text) == [1])
        #expect(try read(text).count == 2)
    }

    @Test("CSV with a byte-order mark, CRLF and quoted line breaks")
    func csv() throws {
        let text =
            "\u{FEFF}video_id,country,observed_at,title,views,tags/0,tags/1\r\n"
            + "vid00001,US,2026-08-13,\"two\r\nlines, \"\"quoted\"\"\",7,x,y\r\nvid00002,US,2026-08-13,b,,,\r\n"
        let found = try read(text)
        guard case .sighting(let seen)? = found.first?.adapted else {
            throw ValidationError(field: "csv", rule: "must parse")
        }
        #expect(
            seen.post.title == "two lines, \"quoted\"" && seen.counts.views == 7 && seen.post.hashtags == ["x", "y"])
        #expect(found.map(\.place) == ["line 2", "line 4"])
    }

    @Test("Nesting beyond 128 levels is rejected")
    func depth() throws {
        let text = "{\"a\":" + String(repeating: "[", count: 200) + String(repeating: "]", count: 200) + "}"
        #expect(try read(text).count == 1)
        #expect(try posts(text).isEmpty)
    }

    @Test("Empty files and files that are not text are errors", arguments: ["", "  \n", "\u{0}\u{1}binary"])
    func unusable(text: String) {
        #expect(throws: ImportFailure.self) { try read(text) }
    }

    @Test("Random damage never loses the items around it")
    func mutation() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        for _ in 0..<300 {
            var middle = Array(Self.row(5).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                middle[Int.random(in: 0..<middle.count, using: &generator)] = UInt8.random(
                    in: 32...126, using: &generator)
            }
            let text = [Self.row(1), Self.row(2), String(decoding: middle, as: UTF8.self), Self.row(3), Self.row(4)]
                .joined(separator: "\n")
            let views = try posts(text)
            #expect(views.prefix(2) == [1, 2] && views.suffix(2) == [3, 4], "seed \(generator.seed): \(text)")
        }
    }
}
