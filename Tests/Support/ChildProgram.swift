import Foundation
import Synchronization

/// A program that runs beside a test, its input and output pipes of ours.
///
/// Foundation's `Process` copies whole directory entries out of what it reads of `/proc/self/fd`, past the end of its
/// buffer when about 1,350 files are open, and tests that run together open more.
package final class ChildProgram: Sendable {
    package let input: FileHandle
    package let output: FileHandle
    private let id: pid_t

    /// One at a time, so that no program gets the pipes of another.
    private static let turn = Mutex(())

    /// Starts the program at `path`, which blocks no signal.
    package init(_ path: String, _ arguments: [String] = []) throws {
        let (toChild, fromChild, id) = try ChildProgram.turn.withLock { _ in
            let (toChild, fromChild) = (try ChildProgram.pipe(), try ChildProgram.pipe())
            defer { for end in [toChild.reading, fromChild.writing] { close(end) } }
            let words = [path] + arguments
            return (toChild, fromChild, try ChildProgram.spawn(words, toChild.reading, fromChild.writing))
        }
        input = FileHandle(fileDescriptor: toChild.writing, closeOnDealloc: true)
        output = FileHandle(fileDescriptor: fromChild.reading, closeOnDealloc: true)
        self.id = id
    }

    /// Waits for its end; its exit status, or 128 and the signal that ended it.
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard Foundation.pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(_ words: [String], _ input: Int32, _ output: Int32) throws -> pid_t {
        var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
        let (arguments, variables) = (words.map { strdup($0) } + [nil], environment.map { strdup($0) } + [nil])
        defer { (arguments + variables).forEach { free($0) } }
        var id: pid_t = 0
        let failure = posix_spawn(&id, words[0], &actions, &attributes, arguments, variables)
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .ENOENT) }
        return id
    }
}
