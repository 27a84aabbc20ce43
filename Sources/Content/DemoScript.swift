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
    /// Recorded posts whose files share their days.
    package struct Group: Sendable {
        package let paths: [String]
        /// When the posts were seen, where their records do not say it.
        package let observedAt: Instant?
    }

    package let groups: [Group]
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
        groups = script.groups.map { group in
            Group(
                paths: group.files.map { folder + "/" + $0 },
                observedAt: group.observedAt.map { Instant(seconds: Int64($0.timeIntervalSince1970)) })
        }
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
        struct Group: Decodable {
            let files: [String]
            let observedAt: Date?

            enum CodingKeys: String, CodingKey {
                case files
                case observedAt = "observed_at"
            }
        }

        let groups: [Group]
        let watchlists: [List]
    }
}
