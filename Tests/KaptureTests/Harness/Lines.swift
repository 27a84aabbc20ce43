import Foundation
import Synchronization

/// Lines that a running process writes, as they come.
final class Lines: Sendable {
    struct Late: Error, CustomStringConvertible {
        let wanted: String
        let written: [String]

        var description: String { "no line with \"\(wanted)\" came; there were: \(written.suffix(20))" }
    }

    private struct State {
        var rest: [UInt8] = []
        var lines: [String] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    var all: [String] { state.withLock { $0.lines } }

    /// Follows `handle` until its other end is closed.
    func follow(_ handle: FileHandle) {
        handle.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            take([UInt8](data))
        }
    }

    private func take(_ bytes: [UInt8]) {
        state.withLock { state in
            state.isClosed = bytes.isEmpty
            state.rest += bytes
            while let end = state.rest.firstIndex(of: 10) {
                state.lines.append(String(decoding: state.rest[..<end], as: UTF8.self))
                state.rest.removeFirst(end + 1)
            }
        }
    }

    /// The first line with `text` after the first `skipped` lines; throws when none has come in a minute, or the process
    /// has ended without it.
    func first(_ text: String, after skipped: Int = 0) async throws -> String {
        try await first(text) { $0.dropFirst(skipped).first { $0.contains(text) } }
    }

    /// The line with this number, counted from 0; throws as `first` does.
    func line(_ number: Int) async throws -> String {
        try await first("line \(number)") { $0.count > number ? $0[number] : nil }
    }

    private func first(_ wanted: String, _ find: ([String]) -> String?) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let (lines, isClosed) = state.withLock { ($0.lines, $0.isClosed) }
            if let line = find(lines) { return line }
            guard !isClosed, ContinuousClock.now < deadline else { throw Late(wanted: wanted, written: lines) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
