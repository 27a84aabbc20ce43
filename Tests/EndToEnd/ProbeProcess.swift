import Foundation
import Glibc
import TestSupport
import Testing

/// A running probe that is spoken with line by line.
final class ProbeProcess {
    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())
    private var pending: [UInt8] = []

    init(_ name: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: try #require(BuiltProgram.path(name)))
        process.arguments = arguments
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
    }

    func say(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }

    /// The next line of its output; `nil` at the end.
    func line() -> String? {
        while true {
            if let end = pending.firstIndex(of: 10) {
                defer { pending.removeFirst(end + 1) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            pending += more
        }
    }

    func remainingLines() -> [String] {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        return lines
    }

    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
    }

    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
