import Foundation

/// Programs that the build made.
package enum BuiltProgram {
    /// Where the executable of this name is, beside the running tests or in the repository.
    package static func path(_ name: String) -> String? {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let built = [folder.path, RepositoryRoot.path + "/.build/debug", RepositoryRoot.path + "/.build/release"]
        return built.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
