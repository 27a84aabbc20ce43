import Core
import Foundation
import TestSupport
import Testing

@Suite("When posts were seen", .timeLimit(.minutes(2)))
struct ObservationTimeTests {
    private static let own = CivilTime(year: 2026, month: 10, day: 1, hour: 12).instant
    private static let told = CivilTime(year: 2026, month: 9, day: 1, hour: 7, minute: 30).instant
    private static let modified = CivilTime(year: 2024, month: 2, day: 29, hour: 1).instant

    private func post(scrapedAt: String?) -> String {
        let time = scrapedAt.map { ",\"scrapedAt\":\"\($0)\"" } ?? ""
        return """
            [{"dataType":"post","id":"t3_1abcde","url":"https://www.reddit.com/r/x/comments/1abcde/t/","title":"T",\
            "upVotes":512\(time)}]
            """
    }

    private func seen(in house: House) throws -> [Int64] {
        try house.rows("SELECT CAST(observed_at AS TEXT) FROM snapshots").compactMap { Int64($0) }
    }

    @Test(
        "The record's own time wins over --observed-at, that over the file's, and now is never taken",
        arguments: [
            ("2026-10-01T12:00:00Z", "2026-09-01T07:30:00Z", own), ("2026-10-01T12:00:00Z", nil, own),
            (nil, "2026-09-01T09:30:00+02:00", told), (nil, nil, modified), ("not a time", nil, modified),
        ] as [(String?, String?, Instant)])
    func precedence(scrapedAt: String?, told: String?, expected: Instant) async throws {
        let house = try House()
        let file = try house.file("a.json", post(scrapedAt: scrapedAt))
        let seconds = Double(Self.modified.milliseconds) / 1000
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: file)

        let options = told.map { ["--observed-at", $0] } ?? []
        let outcome = try await Program.run(["import", file] + options + house.options, in: house.path)

        #expect(outcome.status == 0)
        #expect(try seen(in: house) == [expected.milliseconds])
    }

    @Test("What comes through a pipe has no time of its own: it is asked for, and nothing is stored without it")
    func pipe() async throws {
        let house = try House()
        try #require(mkfifo(house.path + "/pipe", 0o600) == 0)

        for (options, status) in [([], 1), (["--observed-at", "2026-09-01T07:30:00Z"], 0)] as [([String], Int32)] {
            async let outcome = Program.run(
                ["import", house.path + "/pipe"] + options + house.options, in: house.path)
            try write(post(scrapedAt: nil), to: house.path + "/pipe")
            #expect(try await outcome.status == status)
            if status == 1 {
                #expect(
                    try await outcome.complaint == "\(house.path)/pipe: it has no time of its own: give --observed-at")
            }
        }
        #expect(try seen(in: house) == [Self.told.milliseconds])
    }

    /// Opening a pipe waits for its reader, so a thread of its own does.
    private func write(_ text: String, to pipe: String) throws {
        Thread.detachNewThread {
            let handle = FileHandle(forWritingAtPath: pipe)
            try? handle?.write(contentsOf: Data(text.utf8))
            try? handle?.close()
        }
    }

    @Test("One post seen twice at one instant keeps the larger known value of each count")
    func twice() async throws {
        let house = try House()
        let rows = [
            #"{"video_id":"vid00001","country":"US","observed_at":"2026-08-13","views":7,"likes":null,"comment_count":3}"#,
            #"{"video_id":"vid00001","country":"FR","observed_at":"2026-08-13","views":5,"likes":2,"comment_count":null}"#,
        ]
        for order in [rows, rows.reversed()] {
            let file = try house.file("a.jsonl", order.joined(separator: "\n"))
            _ = try await house.kapture("import", file)
            let counts = try house.rows("SELECT views || ' ' || likes || ' ' || comments FROM snapshots")
            #expect(counts == ["7 2 3"])
        }
        #expect(try house.rows("SELECT id FROM posts").count == 1, "the country is not part of a post")
    }
}
