import Core
import Foundation
import Glibc
import Site

/// The folder that holds one installation: `sites/`, and `kapture.db` unless the database is elsewhere.
struct DataFolder: Sendable {
    let path: String

    var sites: String { path + "/sites" }
    var assets: String { path + "/assets" }

    /// Creates the folder when it is missing; refuses one that belongs to another user or cannot be written.
    init(preparing path: String) throws {
        self.path = path
        try DataFolder.make(path)
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileFailure(operation: "read", path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw ValidationError(field: "KAPTURE_DATA", rule: "must be a folder; \(path) is none")
        }
        guard status.st_uid == geteuid() else {
            throw ValidationError(
                field: "KAPTURE_DATA",
                rule: "must belong to the user that runs kapture; \(path) belongs to user id \(status.st_uid)")
        }
        guard access(path, W_OK | X_OK) == 0 else { throw FileFailure(operation: "write to", path: path, code: errno) }
    }

    /// Names this folder among all that share a database: 16 hex digits, made once.
    func id() throws -> String {
        let file = path + "/folder-id"
        if let known = try DiskFileSystem().read(file) { return String(decoding: known, as: UTF8.self) }
        let draft = "\(file).\(getpid())"
        try DiskFileSystem().write(Array(String(format: "%016lx", UInt64.random(in: 0...UInt64.max)).utf8), to: draft)
        // The first of several processes names it: a link, unlike a rename, replaces nothing.
        let isNamed = link(draft, file) == 0 || errno == EEXIST
        try DiskFileSystem().remove(draft)
        guard isNamed, let id = try DiskFileSystem().read(file) else {
            throw FileFailure(operation: "create", path: file, code: errno)
        }
        return String(decoding: id, as: UTF8.self)
    }

    private static func make(_ path: String) throws {
        if mkdir(path, 0o750) == 0 || errno == EEXIST { return }
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        guard errno == ENOENT, !parent.isEmpty else {
            throw FileFailure(operation: "create the folder", path: path, code: errno)
        }
        try make(parent)
        guard mkdir(path, 0o750) == 0 else {
            throw FileFailure(operation: "create the folder", path: path, code: errno)
        }
    }
}
