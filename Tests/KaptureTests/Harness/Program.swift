import Foundation
import Synchronization
import TestSupport
import Testing

/// The built program, run as people run it: a process of its own, with nothing of this one's environment.
enum Program {
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// Beside the tests, whether in debug or release.
    static func path() throws -> String {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let built = [folder.path, RepositoryRoot.path + "/.build/debug", RepositoryRoot.path + "/.build/release"]
        return try #require(
            built.map { $0 + "/kapture" }.first { FileManager.default.isExecutableFile(atPath: $0) })
    }

    /// The process, not started yet. `folder` is where it works; a `.env` there would be read.
    static func process(_ arguments: [String], in folder: String, _ environment: [String: String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path())
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let surroundings = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "KAPTURE_ROOT": RepositoryRoot.path]
        process.environment = surroundings.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], in folder: String = NSTemporaryDirectory(), input: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await finish(process(arguments, in: folder, environment), input: input)
    }

    /// Runs it as somebody whom the modes of files hold back: root without the right to ignore them.
    static func runHeldBack(
        _ arguments: [String], in folder: String = NSTemporaryDirectory()
    ) async throws -> Outcome {
        let process = try process(arguments, in: folder, [:])
        guard geteuid() == 0 else { return try await finish(process, input: nil) }
        let (program, rights) = (try path(), "-dac_override,-dac_read_search")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = ["--inh-caps", rights, "--bounding-set", rights, program] + arguments
        return try await finish(process, input: nil)
    }

    private static let starting = Mutex(())

    /// One after the other: Foundation's `run` has crashed where several threads were in it.
    static func start(_ process: Process) throws {
        try starting.withLock { _ in try process.run() }
    }

    private static func finish(_ process: Process, input: String?) async throws -> Outcome {
        let folder = try TemporaryFolder()
        if let input {
            try Data(input.utf8).write(to: URL(fileURLWithPath: folder.path + "/in"))
            process.standardInput = FileHandle(forReadingAtPath: folder.path + "/in")
        }
        for name in ["out", "err"] { try Data().write(to: URL(fileURLWithPath: "\(folder.path)/\(name)")) }
        process.standardOutput = FileHandle(forWritingAtPath: folder.path + "/out")
        process.standardError = FileHandle(forWritingAtPath: folder.path + "/err")
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try start(process) } catch { continuation.resume(throwing: error) }
        }
        return Outcome(
            status: status, output: try String(contentsOfFile: folder.path + "/out", encoding: .utf8),
            errors: try String(contentsOfFile: folder.path + "/err", encoding: .utf8))
    }
}
