import Foundation
import TestSupport
import Testing

/// Runs of the built `kapture` in a data folder and on a database of the test's own.
struct KaptureProgram: Sendable {
    let folder: String
    let database: String

    struct Outcome: Sendable {
        let status: Int32
        let output: String
    }

    /// Runs a command to its end; standard output and error together.
    func run(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    func run(_ arguments: [String]) async throws -> Outcome {
        let process = try make(arguments)
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        return try await offPool { [handle = pipe.fileHandleForReading, process = Held(process)] in
            let output = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
            process.value.waitUntilExit()
            return Outcome(status: process.value.terminationStatus, output: output)
        }
    }

    /// Starts a command that serves, and reads `key: value` lines until it told `last`.
    func start(_ arguments: String..., until last: String) async throws -> Running {
        let process = try make(arguments)
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
        try process.run()
        let facts = try await offPool { [handle = pipe.fileHandleForReading] in
            var facts: [String: String] = [:]
            while facts[last] == nil, let line = try KaptureProgram.line(from: handle) {
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2 { facts[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces) }
            }
            return facts
        }
        return Running(process: process, facts: facts)
    }

    final class Running {
        private let process: Process
        let facts: [String: String]

        init(process: Process, facts: [String: String]) {
            (self.process, self.facts) = (process, facts)
        }

        deinit { process.terminate() }
    }

    private func make(_ arguments: [String]) throws -> Process {
        let process = Process()
        let here = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let built = [here.path, RepositoryRoot.path + "/.build/debug", RepositoryRoot.path + "/.build/release"]
        let found = built.map { $0 + "/kapture" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        process.executableURL = URL(fileURLWithPath: try #require(found))
        process.arguments = arguments + ["--root", RepositoryRoot.path]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "KAPTURE_DATABASE_URL": database]
        return process
    }

    private static func line(from handle: FileHandle) throws -> String? {
        var line: [UInt8] = []
        while let byte = try handle.read(upToCount: 1)?.first {
            if byte == 10 { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }
}

/// A process that is handed to one thread, which alone uses it from then on: why `@unchecked` holds.
private final class Held: @unchecked Sendable {
    let value: Process

    init(_ value: Process) {
        self.value = value
    }
}
