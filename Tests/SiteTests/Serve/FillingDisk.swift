import Glibc
import Site
import Synchronization

/// The disk, on which nothing can be written while it is full.
struct FillingDisk: FileSystem {
    private let disk = DiskFileSystem()
    private let state = State()

    private final class State: Sendable {
        let isFull = Atomic<Bool>(false)
    }

    func fill() { state.isFull.store(true, ordering: .relaxed) }
    func clear() { state.isFull.store(false, ordering: .relaxed) }

    private func refuse(_ operation: String, _ path: String) throws(FileFailure) {
        if state.isFull.load(ordering: .relaxed) { throw FileFailure(operation: operation, path: path, code: ENOSPC) }
    }

    func makeFolder(_ path: String) throws(FileFailure) {
        try refuse("create the folder", path)
        try disk.makeFolder(path)
    }

    func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        try refuse("write", path)
        try disk.write(bytes, to: path)
    }

    func rename(_ path: String, to target: String) throws(FileFailure) {
        try refuse("rename", path)
        try disk.rename(path, to: target)
    }

    func read(_ path: String) throws(FileFailure) -> [UInt8]? { try disk.read(path) }
    func remove(_ path: String) throws(FileFailure) { try disk.remove(path) }
    func names(in folder: String) throws(FileFailure) -> [String] { try disk.names(in: folder) }
    func removeFolder(_ path: String) throws(FileFailure) { try disk.removeFolder(path) }
}
