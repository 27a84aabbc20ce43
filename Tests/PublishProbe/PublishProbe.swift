import Core
import Foundation
import Glibc
import Site
import Store
import TestSupport

/// A process that publishes and is killed while it does: `PublishProbe <folder> <user> <turn> [<store>]` dies at the file operation
/// of that turn, `PublishProbe <folder> <user> loop-<seed>` edits and publishes until somebody else kills it.
@main
enum PublishProbe {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard (4...5).contains(arguments.count), let user = UserID(arguments[2]) else { exit(2) }
        let location = arguments.count == 5 ? arguments[4] : "sqlite:\(arguments[1])/kapture.db"
        let store = try StoreFixture.open(location)
        if let turn = Int(arguments[3]) {
            let files = FaultyFileSystem(failing: turn) {
                kill(getpid(), SIGKILL)
                return EIO
            }
            _ = try publisher(arguments[1], store, files).publish(.user(user))
            print("\(files.operations)")
        } else {
            guard let seed = UInt64(arguments[3].dropFirst("loop-".count)) else { exit(2) }
            try await loop(arguments[1], store, user, seed)
        }
    }

    private static func loop(_ folder: String, _ store: Store, _ user: UserID, _ seed: UInt64) async throws -> Never {
        var sequence = EditSequence(
            store: store, user: user, start: StoreFixture.start, seed: seed, serial: Int(seed % 1_000_000) * 1000)
        while true {
            try await sequence.edit()
            _ = try publisher(folder, store, DiskFileSystem()).publish(.user(user))
        }
    }

    private static func publisher<Files: FileSystem>(
        _ folder: String, _ store: Store, _ files: Files
    ) throws -> SitePublisher<Files, SiteRenderer> {
        try RealSite.publisher(of: store, in: folder, files, now: StoreFixture.start)
    }
}
