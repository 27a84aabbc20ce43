import Glibc

/// The machine's own file system.
package struct DiskFileSystem: FileSystem {
    package init() {}

    package func makeFolder(_ path: String) throws(FileFailure) {
        guard mkdir(path, 0o750) != 0, errno != EEXIST else { return }
        throw FileFailure(operation: "create the folder", path: path, code: errno)
    }

    package func read(_ path: String) throws(FileFailure) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw FileFailure(operation: "open", path: path, code: errno)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileFailure(operation: "read", path: path, code: errno) }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            code = DiskFileSystem.fill(buffer, &count, from: file)
        }
        guard code == 0 else { throw FileFailure(operation: "read", path: path, code: code) }
        return bytes
    }

    package func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw FileFailure(operation: "create", path: path, code: errno) }
        let code = bytes.withUnsafeBytes { DiskFileSystem.drain($0, to: file) }
        guard close(file) == 0, code == 0 else {
            throw FileFailure(operation: "write", path: path, code: code == 0 ? errno : code)
        }
    }

    package func rename(_ path: String, to target: String) throws(FileFailure) {
        guard Glibc.rename(path, target) == 0 else { throw FileFailure(operation: "rename", path: path, code: errno) }
    }

    package func remove(_ path: String) throws(FileFailure) {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw FileFailure(operation: "remove", path: path, code: errno)
    }

    package func names(in folder: String) throws(FileFailure) -> [String] {
        guard let handle = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw FileFailure(operation: "list", path: folder, code: errno)
        }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    package func removeFolder(_ path: String) throws(FileFailure) {
        for name in try names(in: path) {
            let inner = path + "/" + name
            if unlink(inner) != 0, errno == EISDIR || errno == EPERM { try removeFolder(inner) }
        }
        guard rmdir(path) != 0, errno != ENOENT else { return }
        throw FileFailure(operation: "remove the folder", path: path, code: errno)
    }

    private static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int, from file: Int32) -> Int32
    {
        while count < buffer.count {
            let got = Glibc.read(file, buffer.baseAddress! + count, buffer.count - count)
            if got < 0, errno == EINTR { continue }
            if got < 0 { return errno }
            if got == 0 { break }
            count += got
        }
        return 0
    }

    private static func drain(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int32 {
        var done = 0
        while done < bytes.count {
            let put = Glibc.write(file, bytes.baseAddress! + done, bytes.count - done)
            if put < 0, errno == EINTR { continue }
            if put < 0 { return errno }
            done += put
        }
        return 0
    }
}

extension FileFailure {
    package var systemReason: String { String(cString: strerror(code)) }

    package var description: String {
        let advice =
            switch code {
            case ENOSPC, EDQUOT: "; free some space, nothing that was published is lost"
            case EACCES, EPERM, EROFS: "; the folder must be writable by the user that runs kapture"
            default: ""
            }
        return "cannot \(operation) \(path): \(systemReason)\(advice)"
    }
}
