import Core
import Foundation
import TestSupport
import Testing

@testable import Scraping

@Suite("CSV scanner")
struct CSVTests {
    private struct Found: Equatable {
        var records: [[String: JSON]] = []
        var lines: [Int] = []
        var problems: [String] = []
    }

    private func scan(_ text: String, chunk: Int = 1000) throws -> Found {
        var (scanner, found) = (CSVScanner(), Found())
        func take(_ record: CSVScanner.Record) {
            if let problem = record.problem { return found.problems.append("line \(record.line): \(problem)") }
            found.records.append(record.item.object ?? [:])
            found.lines.append(record.line)
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            scanner.take(bytes[start..<min(start + chunk, bytes.count)], take)
        }
        scanner.finish(take)
        return found
    }

    @Test(
        "Quotes, doubled quotes, commas and line breaks inside fields, in chunks of any size",
        arguments: [1, 2, 3, 1000])
    func quotes(chunk: Int) throws {
        let text = "a,b,c\r\n\"x, \"\"y\"\"\r\nz\",2,\"\"\r\n,\"é\u{1F469}\",\"\"\"\"\r\n"
        let found = try scan(text, chunk: chunk)

        #expect(
            found.records == [
                ["a": .text("x, \"y\"\r\nz"), "b": .text("2")], ["b": .text("é\u{1F469}"), "c": .text("\"")],
            ])
        #expect(found.lines == [2, 4] && found.problems == [])
    }

    @Test("Numbered columns become one list, in their order, without the empty ones")
    func lists() throws {
        let found = try scan("id,tags/0,tags/1,tags/2,a/b\n1,x,,z,q\n")

        #expect(found.records == [["id": .text("1"), "tags": .array([.text("x"), .text("z")]), "a/b": .text("q")]])
    }

    @Test("The last line needs no line break, empty lines are nothing, commas too many at the end neither")
    func ends() throws {
        #expect(try scan("a,b\n\n1,2\n\n3,4").records.map { $0["b"] } == [.text("2"), .text("4")])
        #expect(try scan("a,b\n1,2,,\n") == Found(records: [["a": .text("1"), "b": .text("2")]], lines: [2]))
        #expect(try scan("a,b\n").records.isEmpty)
    }

    @Test("A record with another number of cells is reported: values in wrong columns would be lies")
    func cells() throws {
        let found = try scan("a,b\n1,2\nHello, world,3\n4\n5,6\n")

        #expect(found.records.map { $0["a"] } == [.text("1"), .text("5")])
        #expect(
            found.problems == [
                "line 3: it has 3 cells, but the first line names 2",
                "line 4: it has 1 cells, but the first line names 2",
            ])
    }

    @Test("A quote that is never closed costs its line only", arguments: [1, 5, 1000])
    func unclosed(chunk: Int) throws {
        let found = try scan("a,b\n1,2\n3,\"open\n5,6\n7,\"\"\n9,10\n", chunk: chunk)

        #expect(found.records.map { $0["a"] } == [.text("1"), .text("5"), .text("7"), .text("9")])
        #expect(found.problems.count == 1 && found.problems[0].hasPrefix("line 3: "))
    }

    @Test("Quotes open everywhere cost time in proportion to the file")
    func everywhere() throws {
        let text = "a,b\n" + String(repeating: "a\",\"\n", count: 200_000)
        #expect(try scan(text, chunk: 64 << 10).problems.count > 0)
    }

    @Test("Random tables come back as they were written")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        let parts = ["a", ",", "\"", "\n", "\r\n", "é", "👩‍🚀", " ", "שלום", "/0"]
        for _ in 0..<200 {
            let rows = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                (0..<3).map { _ in
                    "x" + (0..<4).compactMap { _ in parts.randomElement(using: &generator) }.joined()
                }
            }
            let lines = rows.map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }
            let found = try scan("a,b,c\n" + lines.joined(separator: "\n"), chunk: 7)
            let cells = found.records.map { record in ["a", "b", "c"].map { record[$0]?.text ?? "" } }
            #expect(cells == rows, "seed \(generator.seed)")
        }
    }

    @Test("Text that is no table is no CSV", arguments: ["hello", "one\ntwo\nthree\n", "a;b\n1;2\n"])
    func noTable(text: String) {
        let failure = #expect(throws: ImportFailure.self) { try Reading.adapted(text) }
        #expect(failure?.description == "test: it is neither JSON, CSV, Atom nor RSS")
    }
}
