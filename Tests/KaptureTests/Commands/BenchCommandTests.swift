import Foundation
import TestSupport
import Testing

@Suite("kapture bench", .timeLimit(.minutes(3)))
struct BenchCommandTests {
    struct Ranking: Decodable {
        let name: String
        let ndcg: Double
        let countries: [String: Double]
    }

    private func ranking(_ file: String) async throws -> [Ranking] {
        let outcome = try await Program.run(["bench", "ranking", file, "--json"])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode([Ranking].self, from: Data(outcome.output.utf8))
    }

    /// Videos of one country on two days, as (views, gain).
    private func rows(_ videos: [(views: Int, gain: Int)]) -> String {
        videos.enumerated().flatMap { index, video in
            zip(["2026-08-13", "2026-08-14"], [video.views, video.views + video.gain]).map { day, views in
                #"{"video_id":"vid\#(1000 + index)","country":"XX","observed_at":"\#(day)","views":\#(views),"likes":null}"#
            }
        }.joined(separator: "\n")
    }

    @Test("publish prints its figures as JSON and leaves its pages only where it is told to")
    func publish() async throws {
        let house = try House()
        let outcome = try await Program.run(
            ["bench", "publish", "--users", "3", "--pages", "20", "--output", house.data, "--json"], in: house.path)

        let figures = try JSONDecoder().decode([String: Double].self, from: Data(outcome.output.utf8))
        #expect(figures.keys.sorted() == ["bytes", "pages", "publish_seconds", "rss_bytes"])
        #expect(figures["pages"].map { (54...66).contains($0) } == true, "20 a user, about")
        #expect(FileManager.default.fileExists(atPath: house.data + "/sites"))
    }

    @Test(
        "publish refuses fewer than one of anything, by the option's name",
        arguments: [["--users", "0"], ["--users", "-3"], ["--users=-3"], ["--pages", "-1"], ["--threads", "0"]])
    func tooFew(options: [String]) async throws {
        let house = try House()
        let outcome = try await Program.run(["bench", "publish"] + options, in: house.path)
        let option = options[0].prefix { $0 != "=" }
        #expect(outcome.status == 1 && outcome.complaint == "Error: \(option) must be 1 or more")
    }

    @Test("edit and unchanged measure small houses too, and clean up")
    func small() async throws {
        let edit = try await Program.run(["bench", "edit", "--users", "2", "--trends", "30", "--edits", "3"])
        #expect(edit.status == 0 && edit.lines.count == 3)
        #expect(edit.lines.allSatisfy { $0.contains(#/median \S+ (ms|µs), p99 \S+ (ms|µs), 3 runs$/#) })
        let unchanged = try await Program.run(["bench", "unchanged", "--users", "2", "--pages", "10"])
        #expect(unchanged.output.contains(#/^nothing changed at \d+ pages: median /#))
    }

    @Test("A ranking in the order of the gains is perfect, the opposite one is not")
    func perfect() async throws {
        let house = try House()
        let rising = try house.file("a.jsonl", rows((0..<25).map { (views: 1000 + $0 * 100, gain: $0 * 10) }))
        let falling = try house.file("b.jsonl", rows((0..<25).map { (views: 1000 + $0 * 100, gain: 240 - $0 * 10) }))

        let (good, bad) = (try await ranking(rising), try await ranking(falling))

        #expect(good.map(\.name) == ["rising", "views", "lifetime", "last gain"])
        #expect(good[1].ndcg == 1 && good[1].countries == ["XX": 1])
        #expect(bad[1].ndcg < 0.8 && bad[1].ndcg > 0)
    }

    @Test("Fewer than 20 posts seen on both days are no ranking")
    func few() async throws {
        let house = try House()
        let file = try house.file("a.jsonl", rows((0..<19).map { (views: 1000 + $0, gain: $0) }))

        #expect(try await ranking(file).allSatisfy { $0.countries.isEmpty && $0.ndcg == 0 })
    }

    @Test("Line ends, times of day and counts that no post can have do not change a ranking")
    func rough() async throws {
        let house = try House()
        let clean = rows((0..<25).map { (views: 1000 + $0 * 100, gain: $0 * $0) })
        let impossible = [Int64.min, .max].map {
            #"{"video_id":"vid1001","country":"XX","observed_at":"2026-08-14","views":\#($0)}"#
        }
        let timed = clean.replacing(#"-13","#, with: #"-13T09:30:00Z","#).replacing(
            #"-14","#, with: #"-14T09:30:00Z","#)
        let rough = (timed.split(separator: "\n") + impossible.map { $0[...] } + ["no row"]).joined(separator: "\r\n")

        let outcome = try await Program.run(["bench", "ranking", try house.file("b.jsonl", rough), "--json"])

        #expect(outcome.errors.contains("3 lines were left out"))
        let figures = try JSONDecoder().decode([Ranking].self, from: Data(outcome.output.utf8))
        #expect(figures.map(\.ndcg) == (try await ranking(house.file("a.jsonl", clean))).map(\.ndcg))
        #expect(figures.allSatisfy { $0.ndcg > 0 && $0.countries.count == 1 })
    }

    @Test("A ranking of nothing says so, and of no file which")
    func nothing() async throws {
        let house = try House()
        let empty = try await Program.run(["bench", "ranking", try house.file("a.jsonl", "[]")])
        #expect(empty.errors.contains("nothing was measured: no country has 20 posts seen on two days in a row"))
        let missing = try await Program.run(["bench", "ranking", "/nowhere.jsonl"])
        #expect(missing.status == 1 && missing.complaint == "Error: /nowhere.jsonl: there is no such file")
        let folder = try await Program.run(["bench", "ranking", house.path])
        #expect(folder.status == 1 && folder.complaint == "Error: \(house.path): it is a folder; name the files in it")
    }

    @Test(
        "On the recorded lists the score beats every baseline in every country, and the naive blend over all",
        .enabled(if: SharedData.isThere, "\(SharedData.absence)"))
    func recorded() async throws {
        let results = try await ranking(SharedData.path("youtube/trending.jsonl"))
        let rising = try #require(results.first { $0.name == "rising" })

        #expect(rising.ndcg > 0.93 && rising.countries.count == 4)
        for baseline in results.dropFirst() {
            #expect(rising.ndcg > baseline.ndcg)
            for (country, figure) in baseline.countries {
                #expect(rising.countries[country] ?? 0 > figure, "\(country)")
            }
        }
        let known = ["views": 0.78, "lifetime": 0.81, "last gain": 0.73]
        for (name, figure) in known {
            let found = try #require(results.first { $0.name == name }).ndcg
            #expect(abs(found - figure) < 0.05, "\(name) is \(found)")
        }
    }
}
