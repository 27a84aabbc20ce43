import Core
import Site
import Synchronization

/// The disk, with one operation that does not happen: the one whose turn is `turn`, counted from 0.
///
/// `onTurn` decides what happens instead; when it returns, the operation fails with its code.
package struct FaultyFileSystem: FileSystem {
    private let disk = DiskFileSystem()
    private let counter: Counter
    private let turn: Int
    private let onTurn: @Sendable () -> Int32

    private final class Counter: Sendable {
        let count = Atomic<Int>(0)
    }

    package init(failing turn: Int, onTurn: @escaping @Sendable () -> Int32) {
        (self.turn, self.onTurn) = (turn, onTurn)
        counter = Counter()
    }

    /// Operations so far.
    package var operations: Int { counter.count.load(ordering: .relaxed) }

    private func step(_ operation: String, _ path: String) throws(FileFailure) {
        let index = counter.count.add(1, ordering: .relaxed).oldValue
        if index == turn { throw FileFailure(operation: operation, path: path, code: onTurn()) }
    }

    package func makeFolder(_ path: String) throws(FileFailure) {
        try step("create the folder", path)
        try disk.makeFolder(path)
    }

    package func read(_ path: String) throws(FileFailure) -> [UInt8]? {
        try step("read", path)
        return try disk.read(path)
    }

    /// A failing write leaves half of its bytes behind, as a full disk does.
    package func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        do {
            try step("write", path)
        } catch {
            try disk.write(Array(bytes.prefix(bytes.count / 2)), to: path)
            throw error
        }
        try disk.write(bytes, to: path)
    }

    package func rename(_ path: String, to target: String) throws(FileFailure) {
        try step("rename", path)
        try disk.rename(path, to: target)
    }

    package func remove(_ path: String) throws(FileFailure) {
        try step("remove", path)
        try disk.remove(path)
    }

    package func names(in folder: String) throws(FileFailure) -> [String] {
        try step("list", folder)
        return try disk.names(in: folder)
    }

    package func removeFolder(_ path: String) throws(FileFailure) {
        try step("remove the folder", path)
        try disk.removeFolder(path)
    }
}
