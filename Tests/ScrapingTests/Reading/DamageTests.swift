import Core
import Foundation
import Scraping
import Synchronization
import TestSupport
import Testing

/// What is damaged in a file of JSON costs itself only, and is reported where it stands.
@Suite("Damaged JSON files")
struct DamageTests {
    private static func row(_ id: Int) -> String {
        #"{"video_id":"vid0000\#(id)","country":"US","observed_at":"2026-08-13","title":"a } ] \"{ b","views":\#(id)}"#
    }

    /// Views of the posts, and the rejections as `place: reason`.
    private func read(_ text: String, chunk: Int = 64 << 10) throws -> (views: [Int64], problems: [String]) {
        let found = try Reading.items(Array(text.utf8), chunk: chunk)
        return (
            found.compactMap { $0.adapted.sighting?.counts.views },
            found.compactMap { item in item.adapted.rejection.map { "\(item.place): \($0)" } }
        )
    }

    @Test(
        "Words between lines are reported, the lines around them imported",
        arguments: [
            ("garbage", 0, "a value was expected"), ("2026-01-01 INFO done", 10, "a number was expected"),
            ("no { object", 0, "a value was expected"), ("\"never closed {", 15, "it ends too early"),
        ], [1, 64 << 10])
    func words(garbage: (text: String, offset: Int, reason: String), chunk: Int) throws {
        let found = try read([Self.row(1), garbage.text, Self.row(2)].joined(separator: "\n"), chunk: chunk)

        let byte = Self.row(1).utf8.count + 1 + garbage.offset
        #expect(found.views == [1, 2])
        #expect(found.problems.first == "line 2: not readable as JSON at byte \(byte): \(garbage.reason)")
    }

    @Test("Values between lines that are no objects are reported", arguments: ["42", "\"a {b} text\"", "true"])
    func values(value: String) throws {
        let found = try read([Self.row(1), value, Self.row(2)].joined(separator: "\n"))

        #expect(found.views == [1, 2])
        #expect(found.problems == ["line 2: no known kind of post: it is not an object"])
    }

    @Test("Elements of an array that are no objects have their number; null is nothing to complain about")
    func elements() throws {
        let text = "[\(Self.row(1)), null, \"a,{b]\", 7, [\(Self.row(2))], true, \(Self.row(3))]"
        let found = try read(text)

        #expect(found.views == [1, 2, 3])
        #expect(
            found.problems == [3, 4, 6].map { "item \($0): no known kind of post: it is not an object" })
        #expect(try Reading.adapted("[null]") == [.skipped(reason: "null, not a post")])
    }

    @Test("A list of numbers, as Hacker News names its stories, holds no posts and says so")
    func numbers() throws {
        #expect(try read("[8863, 121003]").problems.count == 2)
    }

    @Test(
        "A file cut off anywhere keeps what came before, and says that it was",
        arguments: [1, 7, 64 << 10])
    func cutOff(chunk: Int) throws {
        let whole = "[\(Self.row(1)),\n\(Self.row(2)),\n\(Self.row(3))]"
        let lengths = stride(from: Self.row(1).utf8.count + 1, to: whole.utf8.count, by: 11)
        for length in lengths {
            let found = try read(String(whole.prefix(length)), chunk: chunk)
            #expect(found.views == Array([1, 2, 3].prefix(found.views.count)) && !found.views.isEmpty)
            #expect(found.problems.count == 1 && found.problems[0].contains("the file ends before"), "\(length) bytes")
        }
        #expect(try read(whole, chunk: chunk).problems.isEmpty)
    }

    @Test("Lists one after another, byte-order marks between them and records apart by RS are read on")
    func joined() throws {
        #expect(try read("[\(Self.row(1))]\n\u{FEFF}[\(Self.row(2))]").views == [1, 2])
        #expect(try read("\u{FEFF}\(Self.row(1))\r\n\r\n\u{FEFF}\(Self.row(2))\r\n").views == [1, 2])
        #expect(try read("[]\n\u{1E}\(Self.row(1))\n\u{1E}\(Self.row(2))\n").problems == [])
    }

    @Test("An indented array with a damaged item goes on with the next one")
    func indented() throws {
        let bad = "  {\n    \"video_id\": \"x\",\n    \"tags\": [1, 2,\n  }"
        let good = [1, 2, 3].map { "  " + Self.row($0).replacing(",", with: ",\n    ") }
        let found = try read("[\n" + [good[0], bad, good[1], good[2]].joined(separator: ",\n") + "\n]")

        #expect(found.views == [1, 2, 3])
        #expect(found.problems.count == 1 && found.problems[0].hasPrefix("item 2: not readable as JSON"))
    }

    @Test("Two damaged places are two reports")
    func twice() throws {
        let lines = [Self.row(1), #"{"a": [1, 2}"#, Self.row(2), #"{"video_id" "x"}"#, Self.row(3)]
        let found = try read(lines.joined(separator: "\n"))

        #expect(found.views == [1, 2, 3])
        #expect(found.problems.map { $0.prefix { $0 != ":" } } == ["line 2", "line 4"])
    }

    @Test("An item beyond 16 MiB is given up, the next ones are read")
    func giant() throws {
        let text = #"{"title":"\#(String(repeating: "a", count: 17 << 20))"}"#
        let found = try read([Self.row(1), text, Self.row(2)].joined(separator: "\n"), chunk: 1 << 20)

        #expect(found.views == [1, 2])
        #expect(found.problems.first == "line 2: not readable as JSON: it is longer than 16 MiB")
    }

    @Test(
        "Damage everywhere costs time in proportion to the file, not to its square",
        arguments: ["{\"a\":[\n", "{x\n", "{\"a\":\"x\n"])
    func everywhere(line: String) throws {
        let count = 120_000
        let text = String(repeating: line, count: count)
        let reports = Mutex(0)
        try ImportReader().read(bytes: Array((text + Self.row(1)).utf8), name: "test") { item in
            if item.adapted.rejection != nil { reports.withLock { $0 += 1 } }
        }
        // Read anew for every line, this would take hours: the test's time limit is the assertion.
        #expect(reports.withLock { $0 } > 1)
    }

    @Test("Random damage to random files loses no whole line around it and never traps")
    func random() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        let noise = ["{", "}", "[", "]", "\"", "\\", ",", "\n", "null", "{\"a\":", "\u{0}", "é", "<", "1e9"]
        for _ in 0..<300 {
            let junk = (0..<Int.random(in: 1...8, using: &generator)).compactMap { _ in
                noise.randomElement(using: &generator)
            }
            let lines = [Self.row(1), Self.row(2), junk.joined(), Self.row(3), Self.row(4)]
            let views = try read(lines.joined(separator: "\n"), chunk: Int.random(in: 1...200, using: &generator)).views
            #expect(views == [1, 2, 3, 4], "seed \(generator.seed): \(junk.joined().debugDescription)")
        }
    }
}
