import Foundation

/// Recorded payloads whose licence keeps them out of this repository: they lie beside it, in `../shared/data`, or where
/// `KAPTURE_SHARED_DATA` says. Tests that need them are skipped, with that reason, where they are not.
package enum SharedData {
    package static let folder =
        ProcessInfo.processInfo.environment["KAPTURE_SHARED_DATA"] ?? RepositoryRoot.path + "/../shared/data"

    package static let isThere = FileManager.default.fileExists(atPath: folder + "/README.md")

    package static let absence = "the recorded payloads are not in \(folder)"

    /// The file of this name, such as `youtube/trending.jsonl`.
    package static func path(_ name: String) -> String { "\(folder)/\(name)" }
}
