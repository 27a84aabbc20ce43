import Core
import Foundation
import Glibc
import TestSupport
import Testing

/// A worker in a process of its own.
final class WorkingProcess: Sendable {
    let worker: String
    let number: Int32
    private let ended = Journal<Int32>()

    init(_ fixture: StoreFixture, worker: String) throws {
        self.worker = worker
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = [fixture.folder.path, fixture.location, worker]
        process.standardOutput = FileHandle.nullDevice
        process.terminationHandler = { [ended] in ended.add($0.terminationStatus) }
        try process.run()
        number = process.processIdentifier
    }

    func signal(_ signal: Int32) {
        kill(number, signal)
    }

    var isRunning: Bool { ended.entries.isEmpty }

    /// Its exit status, once it has ended.
    func status() async -> Int32 {
        await ended.wait { !$0.isEmpty }
        return ended.entries[0]
    }

    private static func executable() throws -> URL {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let built = [folder.path, RepositoryRoot.path + "/.build/debug", RepositoryRoot.path + "/.build/release"]
        let found = built.map { $0 + "/JobProbe" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        return URL(fileURLWithPath: try #require(found))
    }
}

extension Instant {
    static var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
