import Foundation
import TestSupport
import Testing

@Suite("kapture import", .timeLimit(.minutes(2)))
struct ImportCommandTests {
    @Test("The summary counts new, updated, unchanged, skipped and rejected items, each with place and reason")
    func summary() async throws {
        let house = try House()
        let first = try house.file("a.jsonl", row("vid00001") + "\n" + row("vid00002"))
        let second = try house.file(
            "b.json",
            "[\(row("vid00001", views: 9)), \(row("vid00002")), {\"dataType\":\"comment\"}, {\"dataType\":\"comment\"}, {\"a\":1}]"
        )

        _ = try await house.kapture("import", first)
        let outcome = try await house.kapture("import", second)

        #expect(outcome.status == 0)
        #expect(
            outcome.lines == [
                "\(second): 0 new, 1 updated, 1 unchanged, 2 skipped, 1 rejected", "  skipped 2: comment, not a post",
                "  rejected item 5: no known kind of post; its keys are a",
            ])
    }

    @Test("What was stored before a file turned out wrong reaches the watchlists all the same")
    func failsLate() async throws {
        let house = try House()
        try await house.fill()
        let rows = (1...3).map { row("vid0000\($0)") }
        let undated =
            #"{"id": "7", "text": "no time", "webVideoUrl": "https://www.tiktok.com/@a/video/7", "playCount": 5}"#

        let text = (rows + [undated]).joined(separator: "\n")

        // A pipe has no time that could stand for the missing one.
        let pipe = house.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        async let written: Void = offPool { try Data(text.utf8).write(to: URL(fileURLWithPath: pipe)) }
        let outcome = try await house.kapture("import", pipe)
        try await written

        #expect(outcome.status == 1)
        #expect(outcome.lines == ["\(pipe): 3 new, 0 updated, 0 unchanged, 0 skipped, 0 rejected"])
        #expect(outcome.complaint == "\(pipe): it has no time of its own: give --observed-at")
        #expect(try house.rows("SELECT id FROM trends").count == 2 * (3 + 3))
        #expect(try ScoreAudit("sqlite:\(house.database)").differences() == [])
    }

    @Test("Malformed JSON in the middle costs itself only: exact place, reason and byte, nothing else lost")
    func malformed() async throws {
        let house = try House()
        let lines = [row("vid00001"), #"{"video_id": "x", "views": nope}"#, "garbage", row("vid00002"), #"{"cut": "o"#]
        let file = try house.file("a.jsonl", lines.joined(separator: "\n"))
        let first = row("vid00001").utf8.count

        let outcome = try await house.kapture("import", file)

        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(
            outcome.lines == [
                "\(file): 2 new, 0 updated, 0 unchanged, 0 skipped, 3 rejected",
                "  rejected line 2: not readable as JSON at byte \(first + 28): a value was expected",
                "  rejected line 3: not readable as JSON at byte \(first + 34): a value was expected",
                "  rejected line 5: not readable as JSON: the file ends before it does",
            ])
        #expect(
            try house.rows("SELECT platform_post_id FROM posts ORDER BY platform_post_id") == ["vid00001", "vid00002"])
    }

    @Test("What was seen in the future is rejected, the rest of its file is not")
    func future() async throws {
        let house = try House()
        let late = row("vid00002").replacing("2026-08-13", with: "2199-01-01")
        let file = try house.file("a.jsonl", row("vid00001") + "\n" + late)

        let outcome = try await house.kapture("import", file)

        #expect(
            outcome.lines == [
                "\(file): 1 new, 0 updated, 0 unchanged, 0 skipped, 1 rejected",
                "  rejected line 2: seen on 1 Jan 2199, which is in the future",
            ])
    }

    @Test("A file that cannot be read fails the command; the others are imported and counted together")
    func unreadable() async throws {
        let house = try House()
        let good = try house.file("a.jsonl", row("vid00001"))
        let empty = try house.file("empty.json", " \n")
        let text = try house.file("text.txt", "hello\n")

        let outcome = try await house.kapture("import", house.path + "/none.json", house.path, good, empty, text, good)

        #expect(outcome.status == 1)
        #expect(
            outcome.errors.split(separator: "\n") == [
                "\(house.path)/none.json: there is no such file", "\(house.path): it is a folder; name the files in it",
                "\(empty): it is empty", "\(text): it is neither JSON, CSV, Atom nor RSS",
            ])
        #expect(outcome.lines.last == "all files: 1 new, 0 updated, 1 unchanged, 0 skipped, 0 rejected")
    }

    @Test("A file without the right to read it says so", .enabled(if: Held.isPossible))
    func forbidden() async throws {
        let house = try House()
        let file = try house.file("a.jsonl", row("vid00001"))
        chmod(file, 0)

        let outcome = try await Program.runHeldBack(["import", file] + house.options, in: house.path)

        #expect(outcome.status == 1 && outcome.complaint == "\(file): it cannot be read: Permission denied")
    }

    @Test("Only the first 50 rejected items are listed, all are counted")
    func many() async throws {
        let house = try House()
        let file = try house.file("a.json", "[" + (0..<73).map { "{\"a\":\($0)}" }.joined(separator: ",") + "]")

        let outcome = try await house.kapture("import", file)

        #expect(outcome.lines.first?.hasSuffix("73 rejected") == true && outcome.lines.count == 52)
        #expect(outcome.lines.last == "  … and 23 more rejected")
    }

    @Test("What strangers wrote cannot move the cursor or retitle the terminal")
    func terminal() async throws {
        let house = try House()
        let file = try house.file("a.json", #"[{"\u001b]0;owned\u0007":1,"b\u009b2J":2}]"#)

        let outcome = try await house.kapture("import", file)

        let scalars = (outcome.output + outcome.errors).unicodeScalars
        #expect(scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(outcome.output.contains("?]0;owned?"))
    }

    @Test(
        "Options that cannot be met are refused before anything is stored",
        arguments: [
            (
                ["--observed-at", "yesterday"],
                "Error: --observed-at must be an ISO date such as 2026-11-24 or 2026-11-24T14:05:00Z"
            ),
            (
                ["--observed-at", "2099-01-01"],
                "Error: --observed-at must not be in the future: nothing can have been seen yet"
            ),
            (["--watchlist", "nope"], "Error: --watchlist must be an existing id or name, not nope"),
        ])
    func options(options: [String], complaint: String) async throws {
        let house = try House()
        let file = try house.file("a.jsonl", row("vid00001"))

        let outcome = try await Program.run(["import", file] + options + house.options, in: house.path)

        #expect(outcome.status == 1 && outcome.complaint == complaint && outcome.output.isEmpty)
        let hasDatabase = FileManager.default.fileExists(atPath: house.database)
        #expect(try !hasDatabase || house.rows("SELECT id FROM posts").isEmpty)
    }

    @Test("With --watchlist only the trends of those watchlists follow")
    func watchlist() async throws {
        let house = try House()
        try await house.fill()
        let ids = try house.rows("SELECT id FROM watchlists ORDER BY id")
        let file = try house.file("a.jsonl", row("vid00001"))

        let outcome = try await house.kapture("import", file, "--watchlist", ids[0])

        #expect(outcome.status == 0)
        #expect(try house.rows("SELECT user_id FROM trends").count == 7, "three each before, one of one creator now")
    }
}

/// Whether a process can be held back by the modes of files.
enum Held {
    static let isPossible = geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
}
