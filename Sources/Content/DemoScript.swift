import Core
import Foundation
import Yams

/// The demonstration of `Content/Demo`: who, which watchlists, which files in which order, which ideaboards.
package struct DemoScript: Sendable {
    package struct Board: Sendable {
        package let title: String
        /// The watchlist whose strongest trends are the evidence.
        package let watchlist: String
        package let proofs: Int
        package let content: String
    }

    package let name: String
    package let email: String
    package let watchlists: [(name: String, rule: WatchlistRule)]
    /// Paths of recorded posts; the files of a group share their days.
    package let groups: [[String]]
    package let boards: [Board]

    /// Reads `demo.yaml` and `boards/*.md` of `folder`.
    package init(folder: String) throws {
        let path = folder + "/demo.yaml"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ContentFailure(path: path, reason: "is missing; is --root right?")
        }
        let script: Script
        do {
            script = try YAMLDecoder().decode(Script.self, from: data)
        } catch {
            throw ContentFailure(path: path, reason: "\(error)")
        }
        (name, email) = (script.name, script.email)
        groups = script.groups.map { $0.map { folder + "/" + $0 } }
        watchlists = try script.watchlists.map { list in
            (list.name, try WatchlistRule(keywords: list.keywords, exclusions: list.exclusions ?? []))
        }
        boards = try FrontMatter.files(in: folder + "/boards").map { file in
            Board(
                title: try file.text("title"), watchlist: try file.text("watchlist"),
                proofs: Int(try file.integer("proofs")), content: file.body)
        }
    }

    private struct Script: Decodable {
        struct List: Decodable {
            let name: String
            let keywords: [String]
            let exclusions: [String]?
        }

        let name: String
        let email: String
        let groups: [[String]]
        let watchlists: [List]
    }
}
