import Core
import Foundation
import Store
import TestSupport
import Testing

@Suite("kapture publish", .timeLimit(.minutes(2)))
struct PublishCommandTests {
    private func pages(in house: House) -> [String] {
        let paths = FileManager.default.enumerator(atPath: house.data + "/sites")?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".html") }
    }

    @Test("Every site is published once, and then nothing is to be done")
    func all() async throws {
        let house = try House()
        try await house.fill()

        let first = try await house.kapture("publish", "--all")
        let second = try await house.kapture("publish")

        #expect(first.status == 0 && first.output.hasPrefix("2 sites: 2 published, "))
        #expect(second.output.hasPrefix("2 sites: 0 published, 0 pages written (0 bytes) in "))
        #expect(pages(in: house).count > 20)
    }

    @Test("--dry-run says how many are behind and writes nothing")
    func dryRun() async throws {
        let house = try House()
        try await house.fill()

        let before = try await house.kapture("publish", "--dry-run")
        #expect(before.output.hasPrefix("2 sites: 2 behind, 0 pages written (0 bytes) in ") && pages(in: house).isEmpty)
        _ = try await house.kapture("publish")
        let after = try await house.kapture("publish", "--dry-run")
        #expect(after.output.hasPrefix("2 sites: 0 behind, "))
    }

    @Test("--user takes an e-mail address in any case, or an id, and leaves the others alone")
    func user() async throws {
        let house = try House()
        let users = try await house.fill()

        let byMail = try await house.kapture("publish", "--user", "Mara@Example.com")
        let byID = try await house.kapture("publish", "--user", users[1].rawValue)
        let nobody = try await house.kapture("publish", "--user", "nobody@example.com")

        #expect(byMail.output.hasPrefix("1 site: 1 published, ") && byID.output.hasPrefix("1 site: 1 published, "))
        #expect(nobody.status == 1)
        #expect(
            nobody.complaint == "Error: --user must be the id or e-mail address of a user, not nobody@example.com")
    }

    @Test("--output writes one user's pages as a tree that any host of files can serve")
    func output() async throws {
        let house = try House()
        try await house.fill()
        let tree = house.path + "/out/tree"

        let outcome = try await house.kapture("publish", "--user", "mara@example.com", "--output", tree)
        let without = try await house.kapture("publish", "--output", tree)

        let paths = try FileManager.default.subpathsOfDirectory(atPath: tree)
        let files = paths.filter { $0.contains(".") && $0 != ".kapture-tree" }
        #expect(outcome.lines == ["\(files.count) files in \(tree)"])
        let dashboard = try String(contentsOfFile: tree + "/dashboard/index.html", encoding: .utf8)
        let style = try #require(dashboard.firstMatch(of: #/href="?/(assets/[a-z/]+\.[0-9a-f]+\.css)/#)?.1)
        #expect(files.contains(String(style)))
        #expect(Set(["dashboard/index.html", "settings/index.html", "library/index.html"]).isSubset(of: files))
        let trends = try house.rows(
            "SELECT trends.id FROM trends JOIN users ON users.id = user_id WHERE email = 'mara@example.com'")
        #expect(trends.count == 3 && trends.allSatisfy { files.contains("trends/\($0)/index.html") })
        #expect(without.status == 1)
        #expect(without.complaint?.hasPrefix("Error: --output needs --user: a tree shows one user's pages") == true)
    }

    @Test("A tree written again loses what is gone, and a folder with other files is left alone")
    func outputAgain() async throws {
        let house = try House()
        let users = try await house.fill()
        let (tree, mine) = (house.path + "/tree", house.path + "/mine")
        let command = ["publish", "--user", "mara@example.com", "--output"]
        _ = try await Program.run(command + [tree] + house.options, in: house.path)
        let trend = try #require(
            try house.rows(
                "SELECT trends.id FROM trends JOIN users ON users.id = user_id WHERE email = 'mara@example.com'"
            ).first)
        let page = "\(tree)/trends/\(trend)/index.html"
        #expect(FileManager.default.fileExists(atPath: page))
        let store = try Store(sqlite: house.database)
        _ = try await store.removeTrend(TrendID(rawValue: trend), of: users[0])
        try store.close()

        let again = try await Program.run(command + ["tree"] + house.options, in: house.path)
        #expect(again.status == 0 && !FileManager.default.fileExists(atPath: page))

        try FileManager.default.createDirectory(atPath: mine, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: mine + "/notes.txt"))
        let refused = try await Program.run(command + [mine] + house.options, in: house.path)
        #expect(
            refused.complaint
                == "Error: --output must be empty or a tree that Kapture wrote, but \(mine) holds other files")
        #expect(try FileManager.default.contentsOfDirectory(atPath: mine) == ["notes.txt"])
    }

    @Test("--output without a folder, and with --dry-run, is refused", arguments: [[""], ["x", "--dry-run"]])
    func outputRefused(_ rest: [String]) async throws {
        let house = try House()
        let outcome = try await Program.run(
            ["publish", "--user", "mara@example.com", "--output"] + rest + house.options, in: house.path)
        #expect(outcome.status != 0 && outcome.errors.contains("--output "))
        #expect(!FileManager.default.fileExists(atPath: house.data))
    }

    @Test("--threads outside of 1–64 is refused; --json prints the figures")
    func figures() async throws {
        let house = try House()
        try await house.fill()

        for threads in ["0", "65"] {
            let outcome = try await house.kapture("publish", "--threads", threads)
            #expect(outcome.status != 0 && outcome.complaint == "Error: --threads must be 1–64")
        }
        let outcome = try await house.kapture("publish", "--threads", "8", "--json")
        let figures = try JSONDecoder().decode([String: Double].self, from: Data(outcome.output.utf8))
        #expect(figures.keys.sorted() == ["bytes", "pages", "publish_seconds", "rss_bytes"])
        #expect(figures.values.allSatisfy { $0 > 0 })
    }

    @Test("One site that cannot be written does not stop the others; the command fails and names it")
    func oneFails() async throws {
        let house = try House()
        let users = try await house.fill()
        _ = try await house.kapture("publish")
        let key = try #require(try house.rows("SELECT key FROM sites WHERE user_id = \(users[0].rawValue)").first)
        let epoch = try #require(
            try FileManager.default.contentsOfDirectory(atPath: house.data + "/sites").first { $0 != "locks" })
        let folder = "\(house.data)/sites/\(epoch)/\(key.prefix(2))/\(key)"
        try FileManager.default.removeItem(atPath: folder)
        try house.file("data/sites/\(epoch)/\(key.prefix(2))/\(key)", "in the way")
        let store = try Store(sqlite: house.database)
        for user in users {
            _ = try store.createIdeaboard("Another", content: "", for: user, now: StoreFixture.start)
        }
        try store.close()

        let outcome = try await house.kapture("publish")

        #expect(outcome.status == 1 && outcome.output.hasPrefix("2 sites: 1 published, "))
        #expect(outcome.complaint?.hasPrefix("user \(users[0].rawValue): ") == true)
        #expect(outcome.complaint?.contains(folder) == true)
    }
}
