import Content
import Core
import Foundation
import TestSupport
import Testing

@Suite("Demonstration script")
struct DemoScriptTests {
    private static let script = """
        name: Mara
        email: mara@example.com
        groups:
          - files: [a.jsonl, b.jsonl]
          - files: [c.json]
            observed_at: 2025-07-09T09:00:00Z
        watchlists:
          - name: Desks
            keywords: [desk, chair]
            exclusions: [gaming]
        """
    private static let board = "---\ntitle: Plan\nwatchlist: Desks\nproofs: 3\n---\n# Hook"

    private func read(_ script: String?, board: String = board) throws -> (
        folder: String, found: Result<DemoScript, any Error>
    ) {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/boards", withIntermediateDirectories: false)
        if let script { try Data(script.utf8).write(to: URL(fileURLWithPath: folder.path + "/demo.yaml")) }
        try Data(board.utf8).write(to: URL(fileURLWithPath: folder.path + "/boards/plan.md"))
        return (folder.path, Result { try DemoScript(folder: folder.path) })
    }

    private func reason(_ script: String?, board: String = board) throws -> String {
        let (folder, found) = try read(script, board: board)
        let failure = #expect(throws: ContentFailure.self) { try found.get() }
        return failure?.description.replacing(folder + "/", with: "") ?? ""
    }

    @Test("It names files, watchlists and boards")
    func whole() throws {
        let (folder, found) = try read(Self.script)
        let script = try found.get()

        #expect(script.name == "Mara" && script.email == "mara@example.com")
        #expect(script.groups.map(\.paths) == [["\(folder)/a.jsonl", "\(folder)/b.jsonl"], ["\(folder)/c.json"]])
        #expect(
            script.groups.map(\.observedAt) == [nil, CivilTime(year: 2025, month: 7, day: 9, hour: 9).instant])
        #expect(script.watchlists.map(\.name) == ["Desks"] && script.watchlists[0].rule.exclusions == ["gaming"])
        #expect(script.boards.map(\.content) == ["# Hook"] && script.boards[0].proofs == 3)
    }

    @Test("The product's own script names files that are there")
    func own() throws {
        let script = try DemoScript(folder: RepositoryRoot.path + "/Content/Demo")

        for path in script.groups.flatMap(\.paths) { #expect(FileManager.default.fileExists(atPath: path), "\(path)") }
        #expect(script.watchlists.count == 3 && script.boards.count == 2)
    }

    @Test("What is wrong names its file and rule")
    func wrong() throws {
        #expect(try reason(nil) == "demo.yaml: is missing; is --root right?")
        #expect(try reason("name: [").hasPrefix("demo.yaml: "))
        #expect(try reason(Self.script.replacing("email:", with: "mail:")).contains("email"))
        #expect(
            try reason(Self.script.replacing("[desk, chair]", with: "['']"))
                == "demo.yaml: watchlists: keywords must be words or phrases of 1–100 characters")
        #expect(
            try reason(Self.script, board: Self.board.replacing("Desks", with: "Chairs"))
                == "boards/plan.md: watchlist must be one of demo.yaml's: Desks")
        #expect(
            try reason(Self.script, board: Self.board.replacing("3", with: "-1"))
                == "boards/plan.md: proofs must be at least 0")
    }
}
