import Glibc
import Site

/// A file that is read or written from its beginning, in order.
final class BlockFile {
    let path: String
    private let descriptor: Int32

    static let pieceSize = 1 << 20

    /// Opens a file for reading.
    init(reading path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
    }

    /// Makes a new file, which only its owner may read.
    init(creating path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(operation: "create", path: path, code: errno) }
    }

    deinit { close(descriptor) }

    /// The next bytes, fewer than `count` only at the end.
    func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + filled, count - filled) }
            if got < 0 {
                guard errno == EINTR else { throw FileFailure(operation: "read", path: path, code: errno) }
                continue
            }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0 {
                guard errno == EINTR else { throw FileFailure(operation: "write", path: path, code: errno) }
                continue
            }
            written += count
        }
    }

    func size() throws -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(operation: "read", path: path, code: errno) }
        return Int64(status.st_size)
    }

    /// Waits until all of it is on the disk.
    func sync() throws {
        guard fsync(descriptor) == 0 else { throw FileFailure(operation: "sync", path: path, code: errno) }
    }

    /// Renames a file, over another if there is one, so that a power loss leaves one or the other.
    static func rename(_ path: String, to target: String) throws {
        guard Glibc.rename(path, target) == 0 else {
            throw FileFailure(operation: "rename to \(target)", path: path, code: errno)
        }
        let folder = open(parent(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw FileFailure(operation: "sync the folder of", path: target, code: errno) }
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
